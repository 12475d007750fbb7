// One instance per process of what holds a connection. A module variable would not do: the web entry and the Remix
// bundle each carry their own copy of app/platform, and the development server loads changed modules again.

const REGISTRY = Symbol.for('hashinsight.instances');
const processWide = globalThis as { [REGISTRY]?: Map<string, unknown> };
processWide[REGISTRY] ??= new Map();
const instances = processWide[REGISTRY];

/** Returns the instance called `name`, creating it on first use. The caller guarantees one type per name. */
export function processSingleton<T>(name: string, create: () => T): T {
  if (!instances.has(name)) instances.set(name, create());
  return instances.get(name) as T;
}

/** Removes the instance and hands it over for closing; undefined when it was never created. */
export function takeProcessSingleton<T>(name: string): T | undefined {
  const instance = instances.get(name) as T | undefined;
  instances.delete(name);
  return instance;
}
