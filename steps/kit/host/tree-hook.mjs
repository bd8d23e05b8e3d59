// A resolve hook: `#server/…` is the tree of the server that this process runs, whichever that is.

let tree = ''

export function initialize(data) {
  tree = data.tree
}

export function resolve(specifier, context, next) {
  if (!specifier.startsWith('#server/')) return next(specifier, context)
  return next(new URL(specifier.slice('#server/'.length), tree).href, context)
}
