/** A request shown to developers: two machines of one client, one locked of another; small enough to be checked by hand. */
import type { ShedRequest } from './shed-request.ts';

export const SHED_EXAMPLE = {
  targetW: 4000,
  durationHours: 2,
  strategy: 'least-profit',
  machines: [
    {
      id: 'A-1',
      client: 'acme',
      restartUsd: 0.1,
      current: 2,
      modes: [
        { powerW: 0, profitUsdPerHour: 0 },
        { powerW: 2170, profitUsdPerHour: 0.09 },
        { powerW: 3500, profitUsdPerHour: 0.12 },
      ],
    },
    {
      id: 'A-2',
      client: 'acme',
      current: 1,
      modes: [
        { powerW: 0, profitUsdPerHour: 0 },
        { powerW: 3250, profitUsdPerHour: -0.02 },
      ],
    },
    {
      id: 'B-1',
      client: 'borealis',
      locked: true,
      current: 1,
      modes: [
        { powerW: 0, profitUsdPerHour: 0 },
        { powerW: 3250, profitUsdPerHour: 0.01 },
      ],
    },
  ],
} satisfies ShedRequest;
