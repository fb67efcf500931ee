/** Counters and latencies in the Prometheus text format. */

/** Upper bounds in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Names come from the tables, so series are few; garbage actions are counted as one. */
const SERIES_LIMIT = 2000;

interface Series {
  readonly labels: string;
  count: number;
  sum: number;
  readonly buckets: number[];
}

/** A value that is read when somebody asks: what it counts lives elsewhere. */
export interface Gauge {
  /** `sojourn_issuers` */
  readonly name: string;
  readonly help: string;
  /** A counter never falls. */
  readonly type: 'gauge' | 'counter';
  /** Labels (`keys="fresh"`, or none) → value. Few, and never a tenant's words. */
  read(): ReadonlyMap<string, number>;
}

/** Calls by service, operation and error code, and what the gauges say. */
export class Metrics {
  readonly #series = new Map<string, Series>();
  readonly #gauges: readonly Gauge[];

  constructor(gauges: readonly Gauge[] = []) {
    this.#gauges = gauges;
  }

  /** @param seconds from the first byte of the request to the last decision about its answer */
  observe(service: string, operation: string, code: string, seconds: number): void {
    const labels = `service="${service}",operation="${operation}",code="${code}"`;
    let series = this.#series.get(labels);
    if (series === undefined) {
      if (this.#series.size >= SERIES_LIMIT) return;
      series = { labels, count: 0, sum: 0, buckets: BUCKETS.map(() => 0) };
      this.#series.set(labels, series);
    }
    series.count++;
    series.sum += seconds;
    const index = BUCKETS.findIndex((bound) => seconds <= bound);
    if (index >= 0) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
  }

  /** The whole exposition. */
  print(): string {
    const lines = [
      '# HELP sojourn_request_duration_seconds Calls by service, operation and error code (empty: success).',
      '# TYPE sojourn_request_duration_seconds histogram',
    ];
    for (const series of this.#series.values()) {
      let sum = 0;
      BUCKETS.forEach((bound, index) => {
        sum += series.buckets[index] ?? 0;
        lines.push(`sojourn_request_duration_seconds_bucket{${series.labels},le="${bound}"} ${sum}`);
      });
      lines.push(
        `sojourn_request_duration_seconds_bucket{${series.labels},le="+Inf"} ${series.count}`,
        `sojourn_request_duration_seconds_sum{${series.labels}} ${series.sum}`,
        `sojourn_request_duration_seconds_count{${series.labels}} ${series.count}`,
      );
    }
    for (const gauge of this.#gauges) {
      lines.push(`# HELP ${gauge.name} ${gauge.help}`, `# TYPE ${gauge.name} ${gauge.type}`);
      for (const [labels, value] of gauge.read()) {
        lines.push(`${gauge.name}${labels === '' ? '' : `{${labels}}`} ${value}`);
      }
    }
    return `${lines.join('\n')}\n`;
  }
}
