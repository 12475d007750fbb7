// The process's log: JSON lines on standard output, one per event, read by whatever collects the output of the process.
import { getEnv } from './env.server.ts';
import { formatLogLine, LOG_LEVELS, type LogFields, type LogLevel } from './log-line.ts';

export type Log = Record<LogLevel, (event: string, fields?: LogFields) => void>;

export type LogOptions = { minLevel: LogLevel; now: () => Date; write: (line: string) => void };

/** Events below `minLevel` are dropped. `event` is `noun.verb`; everything that varies goes into the fields. */
export function createLog({ minLevel, now, write }: LogOptions): Log {
  const threshold = LOG_LEVELS.indexOf(minLevel);
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (LOG_LEVELS.indexOf(level) >= threshold) write(formatLogLine(now(), level, event, fields));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The log of an entry point that has its own configuration. */
function createProcessLog(minLevel: LogLevel): Log {
  return createLog({ minLevel, now: () => new Date(), write: (line) => process.stdout.write(`${line}\n`) });
}

let log: Log | undefined;

export function getLog(): Log {
  log ??= createProcessLog(getEnv().LOG_LEVEL);
  return log;
}
