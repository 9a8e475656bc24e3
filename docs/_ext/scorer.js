// Which of the pages that a search finds comes first: one whose title has what was asked for.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: (result) => {
    const [page, title, , , score] = result;
    const query = (new URLSearchParams(window.location.search).get("q") ?? "").trim().toLowerCase();
    const named = query && title.toLowerCase().includes(query) ? 20 : 0;
    // Pages that list everything have every word.
    const lists = /^generated\/(diagnostics|schemas|commands)|^explanation\/decisions/.test(page);
    return score + named - (lists ? 12 : 0);
  },
};
