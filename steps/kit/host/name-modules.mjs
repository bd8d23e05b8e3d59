// A load hook: each TypeScript module says its name as it begins to run, so that one that never comes to its end can
// be named. The call stands on the first line: no line number changes.

export async function load(url, context, next) {
  const loaded = await next(url, context)
  const file = url.split('?')[0]
  if (!file.startsWith('file:') || !file.endsWith('.ts') || loaded.source == null) return loaded
  const call = `globalThis.workshopModuleBegins?.(${JSON.stringify(file)});`
  return { ...loaded, source: call + Buffer.from(loaded.source).toString('utf8') }
}
