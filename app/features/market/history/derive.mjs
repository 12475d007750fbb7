/**
 * Derives the shipped history from a folder of public series: `node app/features/market/history/derive.mjs <folder>`.
 * The folder holds `btc/` and `power/` with the CSV files named below. Writes the .json files beside this script; the format is
 * docs/decisions/0011-history-format.md. Run by hand when a series is renewed; nothing else runs it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FORMAT = 'hashinsight-series/1';
const TEXT_WIDTH = 120;

function readCsv(path) {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])));
}

/** Whole numbers -> differences in base 36, in lines of at most TEXT_WIDTH characters. */
function encodeDeltas(values) {
  const lines = [];
  let line = '';
  let previous = 0;
  for (const value of values) {
    const delta = (value - previous).toString(36);
    previous = value;
    if (line !== '' && line.length + 1 + delta.length > TEXT_WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? delta : `${line} ${delta}`;
  }
  return [...lines, line];
}

/** Throws when two neighbours are not exactly `stepS` apart: a gap would shift everything after it. */
function assertRegular(name, instantsMs, stepS) {
  for (let i = 1; i < instantsMs.length; i++) {
    if (instantsMs[i] - instantsMs[i - 1] !== stepS * 1000)
      throw new Error(`${name}: gap or repeat at ${new Date(instantsMs[i]).toISOString()}`);
  }
}

function writeSeries(file, { stepS, instantsMs, values, unitsPerWhole, ...head }) {
  assertRegular(head.name, instantsMs, stepS);
  const counts = values.map((value) => Math.round(value * unitsPerWhole));
  const series = {
    format: FORMAT,
    ...head,
    unitsPerWhole,
    startAt: new Date(instantsMs[0]).toISOString(),
    stepS,
    count: counts.length,
    deltas: encodeDeltas(counts),
  };
  writeJson(file, series);
}

function writeJson(file, content) {
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(content, null, 1)}\n`);
  console.log(`${file}: ${content.count} values`);
}

function deriveCloses(folder) {
  const early = readCsv(join(folder, 'btc/btc_usd_price_daily_2010_2021.csv')).map((row) => [
    row.Date.replaceAll('/', '-'),
    Number(row.price),
  ]);
  // Yahoo prints single-precision floats; a close has two decimals.
  const late = readCsv(join(folder, 'btc/btc_usd_daily_yahoo_2014_2025.csv')).map((row) => [
    row.Date,
    Math.round(Number(row.Close) * 100) / 100,
  ]);
  const closes = [...early.filter(([day]) => day < late[0][0]), ...late];
  writeSeries('btc-daily-closes.json', {
    name: 'priceUsdPerBtc',
    unit: 'USD/BTC',
    meaning: 'close of the UTC day',
    source: 'dennisgrobe/btc_data (to 2014-09-16); Yahoo Finance BTC-USD (from 2014-09-17)',
    unitsPerWhole: 10_000,
    stepS: 86_400,
    instantsMs: closes.map(([day]) => Date.parse(`${day}T00:00:00Z`)),
    values: closes.map(([, close]) => close),
  });
}

/** What a candle has beside its close. Volume is that of one exchange, in BTC: the other table counts dollars of many. */
function deriveCandles(folder) {
  const rows = readCsv(join(folder, 'btc/btc_usd_daily_yahoo_2014_2025.csv'));
  for (const column of ['Open', 'High', 'Low']) {
    const name = column.toLowerCase();
    writeSeries(`btc-daily-${name}s.json`, {
      name: `${name}UsdPerBtc`,
      unit: 'USD/BTC',
      meaning: `${name} of the UTC day`,
      source: 'Yahoo Finance BTC-USD',
      unitsPerWhole: 100,
      stepS: 86_400,
      instantsMs: rows.map((row) => Date.parse(`${row.Date}T00:00:00Z`)),
      values: rows.map((row) => Number(row[column])),
    });
  }
  const traded = readCsv(join(folder, 'btc/btcusdt_daily_binance_2017_2025.csv'));
  writeSeries('btc-daily-volumes.json', {
    name: 'volumeBtc',
    unit: 'BTC',
    meaning: 'traded against Tether on Binance in the UTC day',
    source: 'Binance BTC/USDT (volume)',
    unitsPerWhole: 100,
    stepS: 86_400,
    instantsMs: traded.map((row) => Date.parse(`${row.date}T00:00:00Z`)),
    values: traded.map((row) => Number(row.volume)),
  });
}

function deriveDifficulty(folder) {
  const rows = readCsv(join(folder, 'btc/btc_difficulty_by_epoch.csv'));
  rows.forEach((row, epoch) => {
    if (Number(row.epoch) !== epoch) throw new Error(`difficulty: epoch ${row.epoch} where ${epoch} was expected`);
  });
  const text = rows.map((row) => row.nbits_hex);
  const perLine = 13;
  writeJson('difficulty-by-epoch.json', {
    format: 'hashinsight-nbits/1',
    name: 'difficulty',
    unit: '1',
    meaning: 'compact target (nBits, hexadecimal) of each epoch of 2016 blocks, from epoch 0 = block 0',
    source: 'Electrum checkpoints',
    count: text.length,
    nBits: Array.from({ length: Math.ceil(text.length / perLine) }, (_, i) => text.slice(i * perLine, (i + 1) * perLine).join(' ')),
  });
}

function derivePower(folder) {
  const rows = readCsv(join(folder, 'power/us-tex-erco_dam_hourly_2022.csv'));
  writeSeries('power-ercot-2022.json', {
    name: 'powerUsdPerMwh',
    unit: 'USD/MWh',
    meaning:
      'day-ahead price of the hour that begins at the instant; ERCOT hub average (HB_HUBAVG); local zone America/Chicago, the year is local',
    source: 'ERCOT settlement point prices, through HewlettPackard/green-dcc',
    unitsPerWhole: 100,
    stepS: 3600,
    instantsMs: rows.map((row) => Date.parse(row.Datetime.replace(' ', 'T'))),
    values: rows.map((row) => Number(row['Price (USD/MWh)'])),
  });
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node app/features/market/history/derive.mjs <folder with btc/ and power/>');
  process.exit(2);
}
deriveCloses(folder);
deriveCandles(folder);
deriveDifficulty(folder);
derivePower(folder);
