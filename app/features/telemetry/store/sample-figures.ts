/** What is kept of every reading of a machine; null is not reported. */
export type SampleFigures = {
  hashrateThs: number | null;
  powerW: number | null;
  acceptedShares: number | null;
  rejectedShares: number | null;
  hardwareErrors: number | null;
  uptimeS: number | null;
  /** Hottest of the machine, whole degrees. */
  chipTemperatureC: number | null;
  boardTemperatureC: number | null;
  inletTemperatureC: number | null;
  /** Slowest fan: 0 is one that stands still. */
  fanRpm: number | null;
  /** Boards that the firmware counts as working; null when it says so of none. */
  boardsAlive: number | null;
  /** Chips that answer, over all boards. */
  chips: number | null;
};
