/**
 * The page's state in the browser: the file, what is understood of it, the scenario, and what the list's thread has answered. The rows stay in the thread; nothing of the
 * file is sent anywhere until its owner saves it.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createAmounts } from '#app/ui/amounts.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import { toTypedText } from '#app/ui/typed-number.ts';
import { applyRemembered, type Correction, correctMapping, rememberMapping } from '../mapping/correct-mapping.ts';
import { listMissing, type Mapping } from '../mapping/mapping.ts';
import type { TableFormat } from '../reading/open-table.ts';
import type { Refusal } from '../reading/unreadable-file.ts';
import { type BatchChoices, NO_CHOICES } from '../rows/read-batch.ts';
import { type BatchClient, createBatchClient, openBatchThread } from '../session/batch-client.ts';
import type { BatchSession, Computed, GroupBy, OpenChoice, Progress, ReadAnswer, RowPreview } from '../session/batch-session.ts';
import { createLatest } from '../session/latest.ts';
import type { BatchPage } from './batch-page.server.ts';
import { findKeptMapping, keepMapping } from './kept-mappings.ts';
import { toTableChoice } from './save-request.ts';
import {
  type Currency,
  convertForm,
  parseScenarioUrl,
  type ReadScenario,
  readScenario,
  replaceScenarioParams,
  type ScenarioForm,
} from './scenario-form.ts';

export type Phase =
  | { kind: 'empty' }
  | { kind: 'opening'; name: string }
  /** `wasChosen`: as its owner said it is to be opened, so that it may still be readable as it was found. */
  | { kind: 'refused'; name: string; refusal: Refusal; wasChosen: boolean }
  /** The thread broke or a file vanished while it was read. */
  | { kind: 'failed'; name: string }
  | { kind: 'opened'; name: string };

export type OpenList = {
  name: string;
  isSample: boolean;
  format: TableFormat;
  /** Rows among which the header is chosen by hand. */
  firstRows: readonly RowPreview[];
  /** Of the mapping with the header that was guessed; another than the mapping's own when the header was chosen by hand. */
  guessedShapeKey: string;
  mapping: Mapping;
};
export type ReadList = Extract<ReadAnswer, { kind: 'read' }>;
export type Figures = Extract<Computed, { kind: 'computed' }>;
export type Advised = Extract<ReturnType<BatchSession['advise']>, { kind: 'advised' }>;

export function useFormat(): Format {
  return createFormat(useLocale());
}
export function useTexts() {
  return useTranslation('batch').t;
}
export type Texts = ReturnType<typeof useTexts>;

/** After the last move: IRR, advice and the order of rows, which cost more than a frame for large lists. */
const REST_MS = 180;
const ADDRESS_DELAY_MS = 250;

function isAsking(mapping: Mapping): boolean {
  return mapping.columns.some(({ questions }) => questions.length > 0);
}

/** The address follows the panel, shortly after its last change. */
function useAddress(form: ScenarioForm, hasChanged: boolean): void {
  useEffect(() => {
    if (!hasChanged) return;
    const timer = setTimeout(() => {
      const { pathname, search, hash } = window.location;
      const params = replaceScenarioParams(new URLSearchParams(search), form).toString();
      window.history.replaceState(window.history.state, '', `${pathname}${params === '' ? '' : `?${params}`}${hash}`);
    }, ADDRESS_DELAY_MS);
    return () => clearTimeout(timer);
  }, [form, hasChanged]);
}

export type Batch = ReturnType<typeof useBatch>;

export function useBatch(page: BatchPage) {
  const [phase, setPhase] = useState<Phase>({ kind: 'empty' });
  const [progress, setProgress] = useState<Progress | null>(null);
  const [list, setList] = useState<OpenList | null>(null);
  const [choices, setChoices] = useState<BatchChoices>(NO_CHOICES);
  const [read, setRead] = useState<ReadList | null>(null);
  const [figures, setFigures] = useState<Figures | null>(null);
  const [advised, setAdvised] = useState<Advised | null>(null);
  const [form, setForm] = useState<ScenarioForm>(page.form);
  const [hasChanged, setHasChanged] = useState(false);
  const [groupBy, setGroupBy] = useState<GroupBy>('machine');
  /** Grows with every answer that changes what rows show. */
  const [version, setVersion] = useState(0);
  const [isMoving, setIsMoving] = useState(false);
  const client = useRef<BatchClient | null>(null);
  const file = useRef<File | null>(null);
  /** Answers of an earlier file or reading are thrown away. */
  const turn = useRef(0);

  const cheapest = figures?.summary.cheapestPowerUsdPerKwh ?? null;
  const scenario: ReadScenario = useMemo(() => readScenario(form, page.market, cheapest), [form, page.market, cheapest]);
  const newest = useRef(scenario);
  newest.current = scenario;
  const format = useFormat();
  const amounts = useMemo(
    () => createAmounts(format, { currency: form.currency, moneyPerUsd: scenario.moneyPerUsd }),
    [format, form.currency, scenario.moneyPerUsd],
  );

  useEffect(
    () => () => {
      client.current?.end();
      client.current = null;
    },
    [],
  );
  useAddress(form, hasChanged);
  // The server renders the address's panel; a page that is restored keeps what stands in the address.
  useEffect(() => setForm(parseScenarioUrl(new URLSearchParams(window.location.search))), []);

  const getClient = useCallback((): BatchClient => {
    client.current ??= createBatchClient(openBatchThread, setProgress);
    return client.current;
  }, []);

  const fail = useCallback((name: string) => {
    client.current?.end();
    client.current = null;
    setProgress(null);
    setPhase({ kind: 'failed', name });
  }, []);

  /** Everything that rests on the scenario, for what is read now. */
  const settle = useCallback(async () => {
    const { scenario: inputs, advice } = newest.current;
    if (inputs === null || client.current === null) return;
    const own = turn.current;
    const answer = await getClient().call('compute', inputs, true);
    if (own !== turn.current || answer.kind !== 'computed') return;
    setFigures(answer);
    // The cheapest place of the list is known only now.
    const { advice: options } = advice.move === null ? readScenario(form, page.market, answer.summary.cheapestPowerUsdPerKwh) : { advice };
    const advice2 = await getClient().call('advise', inputs, options);
    if (own !== turn.current) return;
    if (advice2.kind === 'advised') setAdvised(advice2);
    setIsMoving(false);
    setVersion((current) => current + 1);
  }, [getClient, form, page.market]);
  const newestSettle = useRef(settle);
  newestSettle.current = settle;

  const readAll = useCallback(
    async (next: OpenList, nextChoices: BatchChoices) => {
      const own = ++turn.current;
      const { scenario: inputs, cnyPerUsd } = newest.current;
      setProgress({ rows: 0, ratio: null });
      try {
        const request = { mapping: next.mapping, choices: nextChoices, cnyPerUsd, hasPowerPrice: inputs?.defaults.powerUsdPerKwh != null };
        const answer = await getClient().call('read', request);
        if (own !== turn.current) return;
        setProgress(null);
        if (answer.kind === 'refused') {
          setRead(null);
          setFigures(null);
          setPhase({ kind: 'refused', name: next.name, refusal: answer, wasChosen: false });
          return;
        }
        if (answer.kind === 'cancelled') return;
        setChoices(nextChoices);
        setRead(answer);
        setFigures(null);
        setAdvised(null);
        if (inputs === null) return;
        // The table first; IRR and advice follow.
        const first = await getClient().call('compute', inputs, false);
        if (own !== turn.current || first.kind !== 'computed') return;
        setFigures(first);
        setVersion((current) => current + 1);
        await newestSettle.current();
      } catch {
        if (own === turn.current) fail(next.name);
      }
    },
    [getClient, fail],
  );

  const openFile = useCallback(
    async (chosen: File, choice: OpenChoice = {}, guessedShapeKey: string | null = null) => {
      const own = ++turn.current;
      file.current = chosen;
      setPhase({ kind: 'opening', name: chosen.name });
      setList(null);
      setRead(null);
      setFigures(null);
      setAdvised(null);
      setProgress(null);
      setGroupBy('machine');
      try {
        const { cnyPerUsd, scenario: inputs } = newest.current;
        const open = (asked: OpenChoice) => getClient().call('open', chosen, chosen.name, asked, cnyPerUsd);
        let opened = await open(choice);
        if (own !== turn.current) return;
        if (opened.kind === 'refused') {
          setPhase({ kind: 'refused', name: chosen.name, refusal: opened, wasChosen: Object.keys(choice).length > 0 });
          return;
        }
        const shapeKey = guessedShapeKey ?? opened.mapping.shapeKey;
        if (choice.headerRow === undefined) {
          const headerRow = findKeptMapping(window.localStorage, shapeKey)?.headerRow;
          const again = headerRow === undefined ? null : await open({ ...choice, headerRow });
          if (own !== turn.current) return;
          // A file of this shape that ends above the row of that time is read as it would be without it.
          if (again?.kind === 'opened') opened = again;
          else if (again !== null) opened = await open(choice);
          if (own !== turn.current || opened.kind === 'refused') return;
        }
        const kept = findKeptMapping(window.localStorage, opened.mapping.shapeKey);
        const mapping = applyRemembered(opened.mapping, kept, cnyPerUsd);
        const next: OpenList = {
          name: chosen.name,
          isSample: (chosen as File & { isSample?: boolean }).isSample === true,
          format: opened.format,
          firstRows: opened.firstRows,
          guessedShapeKey: shapeKey,
          mapping,
        };
        setList(next);
        setChoices(NO_CHOICES);
        setPhase({ kind: 'opened', name: chosen.name });
        const missing = listMissing(mapping, { powerUsdPerKwh: inputs?.defaults.powerUsdPerKwh ?? null });
        if (!isAsking(mapping) && missing.length === 0) await readAll(next, NO_CHOICES);
      } catch {
        if (own === turn.current) fail(chosen.name);
      }
    },
    [getClient, readAll, fail],
  );

  /** The same file from the start, with another sheet, encoding or delimiter. */
  const reopen = useCallback(
    (choice: OpenChoice) => {
      if (file.current !== null) void openFile(file.current, choice);
    },
    [openFile],
  );

  /** The same table with another row as its header, `null`: without one. */
  const chooseHeader = useCallback(
    (headerRow: number | null) => {
      if (file.current === null || list === null) return;
      void openFile(file.current, { ...toTableChoice(list.format), headerRow }, list.guessedShapeKey);
    },
    [openFile, list],
  );

  const correct = useCallback(
    (correction: Correction) => {
      if (list === null) return;
      const mapping = correctMapping(list.mapping, [correction], { cnyPerUsd: newest.current.cnyPerUsd });
      const next = { ...list, mapping };
      setList(next);
      // What is on the screen follows at once; before the first reading the user says when.
      if (read !== null && !isAsking(mapping)) void readAll(next, choices);
    },
    [list, read, choices, readAll],
  );

  /** Takes the mapping as it stands, remembers it and reads. */
  const acceptMapping = useCallback(() => {
    if (list === null) return;
    const remembered = rememberMapping(list.mapping);
    const { cnyPerUsd } = newest.current;
    keepMapping(window.localStorage, remembered);
    if (list.guessedShapeKey !== remembered.shapeKey) {
      keepMapping(window.localStorage, { shapeKey: list.guessedShapeKey, corrections: [], headerRow: list.mapping.headerRow });
    }
    const next = { ...list, mapping: correctMapping(list.mapping, remembered.corrections, { cnyPerUsd }) };
    setList(next);
    void readAll(next, choices);
  }, [list, choices, readAll]);

  const choose = useCallback(
    (part: Partial<BatchChoices>) => {
      if (list !== null) void readAll(list, { ...choices, ...part });
    },
    [list, choices, readAll],
  );

  const cancel = useCallback(() => {
    turn.current++;
    setProgress(null);
    client.current?.call('cancel').catch(() => undefined);
    if (read === null) {
      client.current?.end();
      client.current = null;
      setList(null);
      setPhase({ kind: 'empty' });
    }
  }, [read]);

  const close = useCallback(() => {
    turn.current++;
    client.current?.end();
    client.current = null;
    file.current = null;
    setPhase({ kind: 'empty' });
    setList(null);
    setRead(null);
    setFigures(null);
    setAdvised(null);
    setProgress(null);
  }, []);

  // Every move of the panel: all rows again, newest first; the rest when the hand rests.
  const live = useMemo(
    () =>
      createLatest(async (inputs: ReadScenario) => {
        if (inputs.scenario === null || client.current === null) return;
        const own = turn.current;
        const answer = await client.current.call('compute', inputs.scenario, false);
        if (own !== turn.current || answer.kind !== 'computed') return;
        setFigures(answer);
        setVersion((current) => current + 1);
      }),
    [],
  );
  const inputsKey = useMemo(() => JSON.stringify([scenario.scenario, scenario.advice]), [scenario]);
  const computedKey = useRef<string | null>(null);
  const hasPower = scenario.scenario?.defaults.powerUsdPerKwh != null;
  const readWithPower = useRef(hasPower);
  useEffect(() => {
    if (read === null) {
      computedKey.current = null;
      readWithPower.current = hasPower;
      return;
    }
    if (computedKey.current === null || computedKey.current === inputsKey) {
      computedKey.current = inputsKey;
      return;
    }
    computedKey.current = inputsKey;
    // With or without a price for all rows other rows are errors.
    if (hasPower !== readWithPower.current && list !== null) {
      readWithPower.current = hasPower;
      void readAll(list, choices);
      return;
    }
    setIsMoving(true);
    live(newest.current);
    const timer = setTimeout(() => void newestSettle.current().catch(() => undefined), REST_MS);
    return () => clearTimeout(timer);
  }, [inputsKey, read, live, hasPower, list, choices, readAll]);

  const change = useCallback((part: Partial<ScenarioForm>) => {
    setHasChanged(true);
    setForm((current) => ({ ...current, ...part }));
  }, []);
  const setCurrency = useCallback((currency: Currency) => {
    setHasChanged(true);
    setForm((current) => convertForm(current, currency, newest.current.cnyPerUsd, toTypedText));
  }, []);

  return {
    page,
    phase,
    progress,
    list,
    choices,
    read,
    figures,
    advised,
    form,
    scenario,
    format,
    amounts,
    groupBy,
    version,
    isMoving: isMoving || scenario.scenario === null,
    setGroupBy,
    getClient,
    /** As it was chosen: what is typed here changes nothing in it. */
    getFile: () => file.current,
    openFile,
    reopen,
    chooseHeader,
    correct,
    acceptMapping,
    choose,
    cancel,
    close,
    change,
    setCurrency,
    missing: list === null ? [] : listMissing(list.mapping, { powerUsdPerKwh: scenario.scenario?.defaults.powerUsdPerKwh ?? null }),
    isAsking: list !== null && isAsking(list.mapping),
  };
}
