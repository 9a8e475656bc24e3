// Why an outcome is what it is: the conditions with how they stand, the figures, and where each stands.

// One reason in words, for everybody of whom there is an outcome of it: on its own path, else all.
function because(calculator, step, path, outcomes) {
  const { words, about } = calculator, brackets = (texts) => (texts.length > 0 ? filled(words.inBrackets, texts.join(words.comma)) : "");
  if (step.parameter !== undefined) {
    const { label, versions } = about.parameters[step.parameter], on = calculator.state.on;
    const begun = versions.filter(([start]) => start === null || start <= on);
    if (begun.length === 0) return [filled(words.parts, label, words.statuses["not in force"])];
    const [start, value, cites] = begun.at(-1);
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

// The reasons of all outcomes that are shown.
function reasons(calculator, outcomes) {
  const { words, about } = calculator;
  return calculator.rules.filter((rule) => about.shown[rule.name].main).flatMap((rule) =>
    Object.entries(outcomes[rule.name].of).map(([path, outcome]) => {
      const who = calculator.who(path), name = rule.label + (who ? filled(words.inBrackets, who) : "");
      const told = ["not in force", "untold"].includes(outcome.status) ? about.shown[rule.name].places : about.shown[rule.name].because;
      const lines = told.flatMap((step) => because(calculator, step, path, outcomes)).map((text) => make("li", {}, text));
      const key = `${rule.name} ${path}`, open = calculator.opened.has(key);
      const ontoggle = (event) => calculator.opened[event.target.open ? "add" : "delete"](key);
      return lines.length === 0 ? null : make("details", { open, ontoggle }, make("summary", {}, filled(words.why, name)), make("ul", {}, ...lines));
    })).filter((part) => part !== null);
}

// --- on the page ----------------------------------------------------------------------------------

const calculators = [];
globalThis.policyrulesCalculator = (root, script, about) => calculators.push(new Calculator(root, script, about));
addEventListener("hashchange", () => calculators.forEach((each) => each.restore()));
