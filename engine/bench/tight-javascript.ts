/**
 * The baseline: the column kernel of engine/assembly/cashflow-scalar.ts as tight JavaScript, on typed arrays, without allocation, with the same operations in
 * the same order. Its results equal the module's bit for bit, which the benchmark checks before it times anything.
 */

export type BenchColumns = Readonly<Record<string, Float64Array>>;
export type BenchPath = {
  readonly months: number;
  readonly btcPerThs: Float64Array;
  readonly usdPerThs: Float64Array;
  readonly inverseMeanPrice: Float64Array;
  readonly inverseMeanPriceSum: number;
  readonly exitPriceUsdPerBtc: number;
  readonly priceUsdPerBtc: number;
};

const HOURS_PER_MONTH = 730.5;

/** Rows [0, rowCount) of `machines` into `results`; both are records of columns by name. `discountFactor` is (1 + r)^(-1/12), one for all rows. */
export function projectColumnsInJavaScript(
  machines: BenchColumns,
  results: BenchColumns,
  rowCount: number,
  path: BenchPath,
  discountFactor: number,
): void {
  const { months, btcPerThs, usdPerThs, inverseMeanPrice, inverseMeanPriceSum, exitPriceUsdPerBtc, priceUsdPerBtc } = path;
  const hashrateThs = machines.hashrateThs!;
  const powerW = machines.powerW!;
  const count = machines.count!;
  const powerUsdPerKwh = machines.powerUsdPerKwh!;
  const poolFeeRatio = machines.poolFeeRatio!;
  const uptimeRatio = machines.uptimeRatio!;
  const pue = machines.pue!;
  const decayRatio = machines.hashrateDecayRatioPerMonth!;
  const hostingFee = machines.hostingFeeUsdPerMonth!;
  const maintenance = machines.maintenanceUsdPerMonth!;
  const capexUsd = machines.capexUsd!;
  const residualUsd = machines.residualUsd!;
  const heldRatio = machines.heldRatio!;
  const shutdown = machines.shutdownWhenUnprofitable!;
  const priceScale = machines.priceScale!;
  const coinScale = machines.coinScale!;
  const outMined = results.minedBtc!;
  const outNpv = results.npvUsd!;
  const outPayback = results.paybackMonths!;
  const outProfit = results.profitUsd!;
  const outShutdown = results.shutdownMonth!;
  const outBuy = results.buyBtc!;
  const outMine = results.mineBtc!;
  const last = months - 1;
  for (let row = 0; row < rowCount; row++) {
    let ths = hashrateThs[row]! * uptimeRatio[row]! * (1 - poolFeeRatio[row]!) * coinScale[row]!;
    const fullPower = ((powerW[row]! * pue[row]!) / 1000) * HOURS_PER_MONTH * uptimeRatio[row]! * powerUsdPerKwh[row]!;
    const fixed = hostingFee[row]! + maintenance[row]!;
    const held = heldRatio[row]!;
    const scale = priceScale[row]!;
    const kept = (1 - held) * scale;
    const decay = 1 - decayRatio[row]!;
    const threshold = shutdown[row] === 0 ? Number.NEGATIVE_INFINITY : fullPower / scale;
    const capex = capexUsd[row]!;
    let factor = 1;
    let mined = 0;
    let inverseOn = 0;
    let cumulative = -capex;
    let npv = cumulative;
    let isBelow = cumulative < 0;
    let payback = Number.NaN;
    let hasCrossed = false;
    let shutdownMonth = 0;
    for (let k = 0; k < months; k++) {
      const gross = ths * usdPerThs[k]!;
      const off = gross < threshold;
      mined += off ? 0 : ths * btcPerThs[k]!;
      inverseOn += off ? 0 : inverseMeanPrice[k]!;
      let net = (off ? 0 : kept * gross - fullPower) - fixed;
      if (off && shutdownMonth === 0) shutdownMonth = k + 1;
      if (k === last) net = net + residualUsd[row]! + held * mined * exitPriceUsdPerBtc * scale;
      const before = cumulative;
      cumulative += net;
      if (!hasCrossed && before < 0 && !(cumulative < 0)) {
        payback = k + -before / net;
        hasCrossed = true;
      }
      isBelow = isBelow || cumulative < 0;
      factor *= discountFactor;
      npv += net * factor;
      ths *= decay;
    }
    const costBtc = fixed * inverseMeanPriceSum + fullPower * inverseOn;
    const machinesInRow = count[row]!;
    outPayback[row] = capex === 0 && !isBelow ? 0 : payback;
    outShutdown[row] = shutdownMonth === 0 ? Number.NaN : shutdownMonth;
    outMined[row] = mined * machinesInRow;
    outProfit[row] = cumulative * machinesInRow;
    outNpv[row] = npv * machinesInRow;
    outMine[row] = (mined - costBtc / scale) * machinesInRow;
    outBuy[row] = (capex / (priceUsdPerBtc * scale)) * machinesInRow;
  }
}
