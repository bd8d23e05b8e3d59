// The pages of forms.ts.

/** What is to be told, in its order: a name and what there is to say of it. */
export type Facts = [name: string, value: string][]

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
  form, table { width: 100% }
  form { border: 1px solid #bbb; border-radius: 6px; padding: 1rem; margin-bottom: 1.5rem; box-sizing: border-box }
  label { display: block; margin-bottom: .75rem }
  input[type=text], textarea { font: inherit; width: 100%; box-sizing: border-box }
  table { border-collapse: collapse; margin-bottom: 1.5rem }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ddd }
  th { white-space: nowrap; font-weight: 600 }
  td, code { font-family: ui-monospace, monospace; font-size: .9rem; overflow-wrap: anywhere; white-space: pre-wrap }
`

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
<h1>${title}</h1>
${content}
</html>
`
}

export const formsPage = page(
  'What a client sends',
  `<form method="post" action="/form">
  <label>Your name <input type="text" name="name" value="Ada"></label>
  <label>A note <textarea name="note" rows="2">1 + 1 = 2 &amp; more</textarea></label>
  <button>Send the form</button>
</form>
<form method="post" action="/upload" enctype="multipart/form-data">
  <label>A file <input type="file" name="file" required></label>
  <label>A note <input type="text" name="note" value="see above"></label>
  <button>Upload it</button>
</form>`,
)

/** The answer to a form, as a table. */
export function answerPage(facts: Facts): string {
  const rows = facts.map(([name, value]) => `<tr><th>${escapeHtml(name)}<td>${escapeHtml(value)}`)
  return page('What the server read', `<table>\n${rows.join('\n')}\n</table>\n<a href="/">Another one</a>`)
}

/** What came from a client is text, whatever it looks like. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
