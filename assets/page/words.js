// Texts by number, in the language that the reader has chosen, and the numbers in them.

let language = Math.max(0, data.languages.indexOf(data.language));

function text(number) {
  if (!number) return "";
  const [pattern, ...values] = data.texts[number - 1];
  return data.patterns[pattern][language]
    .map((part, i) => (i % 2 === 1 ? values[part] : part))
    .join("");
}

const label = (name) => text(data.labels[name]);
const filled = (pattern, ...values) =>
  values.reduce((said, word, i) => said.replace(`{${i}}`, () => word), pattern);
const count = (n) => n.toLocaleString("en-US");
const clock = (us) => (us / 1e6).toFixed(3) + " s";

// What nobody would read to its end, and a browser would take seconds to lay out.
const mostShown = 5000;
const shortened = (said, most = mostShown) => (said.length > most ? said.slice(0, most) + " …" : said);

// An element with that class and text. Whatever a file says is set as text, never as markup.
function element(kind, classes, said = "") {
  const made = document.createElement(kind);
  made.className = classes;
  made.textContent = said;
  return made;
}
const byId = (id) => document.getElementById(id);
