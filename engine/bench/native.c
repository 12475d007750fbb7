/*
 * The column kernel of engine/assembly/cashflow-scalar.ts in C, scalar source, same operations in the same order; compiled by `clang -O3` without
 * fast-math, so that the compiler may vectorise only what keeps the bits. Reads the benchmark's columns from a file, times itself,
 * prints the median in nanoseconds and the first NPV.
 *
 * Usage: native FILE ROWS MONTHS RUNS
 * FILE, doubles: 16 machine columns of ROWS (order below), usd[MONTHS], btc[MONTHS], inverse mean price[MONTHS], sum of those, exit price, price, discount factor.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { THS, POWER, COUNT, PRICE, FEE, UPTIME, PUE, DECAY, HOSTING, MAINTENANCE, CAPEX, RESIDUAL, HELD, SHUTDOWN, PRICE_SCALE, COIN_SCALE, COLUMNS };
enum { MINED, NPV, PAYBACK, PROFIT, SHUT, BUY, MINE, RESULTS };

static void project(const double *restrict in, double *restrict out, long rows, long months, const double *restrict path) {
  const double *usd = path, *btc = path + months, *inverse = path + 2 * months;
  const double inverse_sum = path[3 * months], exit_price = path[3 * months + 1], price = path[3 * months + 2], discount = path[3 * months + 3];
  for (long r = 0; r < rows; r++) {
#define IN(column) in[(column) * rows + r]
    double ths = IN(THS) * IN(UPTIME) * (1 - IN(FEE)) * IN(COIN_SCALE);
    const double full_power = IN(POWER) * IN(PUE) / 1000 * 730.5 * IN(UPTIME) * IN(PRICE);
    const double fixed = IN(HOSTING) + IN(MAINTENANCE), held = IN(HELD), scale = IN(PRICE_SCALE), kept = (1 - held) * scale;
    const double decay = 1 - IN(DECAY), capex = IN(CAPEX);
    const double threshold = IN(SHUTDOWN) != 0 ? full_power / scale : -INFINITY;
    double factor = 1, mined = 0, inverse_on = 0, cumulative = -capex, npv = -capex, payback = NAN, shut = NAN;
    int below = cumulative < 0, crossed = 0;
    for (long k = 0; k < months; k++) {
      const double gross = ths * usd[k];
      const int off = gross < threshold;
      mined += off ? 0 : ths * btc[k];
      inverse_on += off ? 0 : inverse[k];
      double net = (off ? 0 : kept * gross - full_power) - fixed;
      if (off && shut != shut) shut = k + 1;
      if (k == months - 1) net = net + IN(RESIDUAL) + held * mined * exit_price * scale;
      const double before = cumulative;
      cumulative += net;
      if (!crossed && before < 0 && !(cumulative < 0)) {
        payback = k + -before / net;
        crossed = 1;
      }
      below = below || cumulative < 0;
      factor *= discount;
      npv += net * factor;
      ths *= decay;
    }
    const double cost_btc = fixed * inverse_sum + full_power * inverse_on, count = IN(COUNT);
    out[PAYBACK * rows + r] = capex == 0 && !below ? 0 : payback;
    out[SHUT * rows + r] = shut;
    out[MINED * rows + r] = mined * count;
    out[PROFIT * rows + r] = cumulative * count;
    out[NPV * rows + r] = npv * count;
    out[MINE * rows + r] = (mined - cost_btc / scale) * count;
    out[BUY * rows + r] = capex / (price * scale) * count;
  }
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  const long rows = atol(argv[2]), months = atol(argv[3]), runs = atol(argv[4]);
  const size_t length = (size_t)(COLUMNS * rows + 3 * months + 4);
  double *in = malloc(length * sizeof(double)), *out = malloc((size_t)(RESULTS * rows) * sizeof(double)), *times = malloc((size_t)runs * sizeof(double));
  FILE *file = fopen(argv[1], "rb");
  if (!in || !out || !times || !file || fread(in, sizeof(double), length, file) != length) return 3;
  for (long i = 0; i < runs; i++) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    project(in, out, rows, months, in + COLUMNS * rows);
    clock_gettime(CLOCK_MONOTONIC, &to);
    times[i] = (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
  }
  qsort(times, (size_t)runs, sizeof(double), ascending);
  printf("%.0f %.17g\n", times[runs / 2], out[NPV * rows]);
  return 0;
}
