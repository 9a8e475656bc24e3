// Why an outcome is what it is: the conditions with how they stand, the figures, and where each stands.

// One reason in words, for everybody of whom there is an outcome of it: on its own path, else all.
function because(calculator, step, path, outcomes) {
  const { words, about } = calculator, brackets = (texts) => (texts.length > 0 ? filled(words.inBrackets, texts.join(words.comma)) : "");
  if (step.parameter !== undefined) {
    const { label, versions } = about.parameters[step.parameter], on = calculator.state.on;
    const begun = versions.filter(([start]) => start === null || start <= on);
    if (begun.length === 0) return [filled(words.parts, label, words.statuses["not in force"])];
    const [start, value, cites] = begun.at(-1), given = supplied(calculator, step.parameter);
    if (given !== "") return [filled(words.parts, label, filled(words.supplied, given)) + brackets(cites ? [cites] : [])];
    return [filled(words.parts, label, value) + brackets([start === null ? "" : filled(words.since, dayWords(start, words)), cites].filter((text) => text))];
  }
  if (step.rule === undefined) return [step.text];
  const rule = calculator.script.ruleset.rules.find((each) => each.name === step.rule), of = outcomes[step.rule]?.of ?? {};
  return (of[path] ? [path] : Object.keys(of)).map((whose) => {
    const who = whose === path ? null : calculator.who(whose), outcome = of[whose];
    const text = (step.text ?? rule.label) + (who ? filled(words.inBrackets, who) : "");
    if (step.role === "figure") {
      const [status, value] = calculator.worded(rule, outcome);
      return filled(words.parts, text, value || status) + brackets(step.cites ? [step.cites] : []);
    }
    const said = words[step.role === "case" ? "applies" : "held"][outcome.status === "known" ? `${outcome.value}` : "open"];
    return said === undefined ? null : filled(said, text) + brackets(step.cites ? [step.cites] : []);
  }).filter((text) => text !== null);
}

// What the form supplies of a standard that no document states on the day.
function supplied(calculator, place) {
  const { about, state, words } = calculator;
  const texts = calculator.openCells().filter(([parameter]) => parameter.name === about.parameters[place].name)
    .flatMap(([parameter, , path]) => (state.parameters[path] === undefined ? [] : [state.parameters[path]]));
  return texts.join(words.comma);
}

// The reasons of all outcomes, each worked out when somebody opens it.
function reasons(calculator, outcomes) {
  const { words, about } = calculator;
  return calculator.rules.filter((rule) => about.shown[rule.name].main).flatMap((rule) =>
    Object.entries(outcomes[rule.name].of).map(([path, outcome]) => {
      const who = calculator.who(path), name = rule.label + (who ? filled(words.inBrackets, who) : "");
      const told = ["not in force", "untold"].includes(outcome.status) ? about.shown[rule.name].places : about.shown[rule.name].because;
      if (told.length === 0) return null;
      const key = `${rule.name} ${path}`, list = make("ul", {});
      const fill = () => {
        const all = calculator.said(calculator.given(), told.map((step) => step.rule)).outcomes ?? {};
        list.replaceChildren(...told.flatMap((step) => because(calculator, step, path, all)).map((text) => make("li", {}, text)));
      };
      const part = make("details", { open: calculator.opened.has(key) }, make("summary", {}, filled(words.why, name)), list);
      if (part.open) fill();
      part.addEventListener("toggle", () => {
        calculator.opened[part.open ? "add" : "delete"](key);
        if (part.open) fill();
      });
      return part;
    })).filter((part) => part !== null);
}

// --- on the page ----------------------------------------------------------------------------------

const calculators = [];
globalThis.policyrulesCalculator = (root, script, about) => calculators.push(new Calculator(root, script, about));
addEventListener("hashchange", () => calculators.forEach((each) => each.restore(true)));
