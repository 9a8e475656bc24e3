// Calculators in web pages: a form of the facts that some rules read, and what follows from these.
// What counts is computed by the script of the ruleset, exactly; here is only what one sees.

let made = 0;

// An element with its attributes and what stands in it; texts are never read as markup.
function make(tag, attributes = {}, ...inside) {
  const found = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) found.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) found.setAttribute(name, value === true ? "" : value);
  }
  found.append(...inside.filter((each) => each !== null));
  return found;
}

const filled = (text, ...parts) => parts.reduce((all, part, at) => all.replaceAll(`{${at}}`, () => part), text);

// --- numbers in words -----------------------------------------------------------------------------

// An exact text, `1200.5` or `1000/3`, as [over, under].
function fraction(text) {
  const [over, under = "1"] = text.split("/");
  const [whole, part = ""] = over.split(".");
  return [BigInt(whole + part), BigInt(under) * 10n ** BigInt(part.length)];
}

function grouped(text) {
  const [, sign, whole, part] = /^(-?)(\d+)(.*)$/.exec(text);
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + part;
}

// With so many places, half up.
function rounded([over, under], places) {
  const size = over < 0n ? -over : over, scaled = 2n * size * 10n ** BigInt(places);
  const digits = `${(scaled + under) / (2n * under)}`.padStart(places + 1, "0");
  return `${over < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

// The product of a decimal text by a hundred.
function hundredfold(text) {
  const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const digits = whole + part.padEnd(2, "0"), at = whole.length + 2;
  const found = `${digits.slice(0, at).replace(/^0+(?=\d)/, "")}${digits.length > at ? `.${digits.slice(at)}` : ""}`;
  return sign + found;
}

function figure(text, words, ofRate) {
  if (!text.includes("/")) return ofRate ? `${grouped(hundredfold(text))}%` : grouped(text);
  const exact = text.split("/").map(grouped).join("/"), [over, under] = fraction(text);
  const about = ofRate ? `${grouped(rounded([over * 100n, under], 2))}%` : grouped(rounded([over, under], 2));
  return filled(words.about, exact, about);
}

const isOne = (text) => text === "1" || text === "-1";

// A number with its unit, as outcomes write it; `unit` is what one and several are called.
function quantity(text, unit, words) {
  if (unit.rate) return figure(text, words, true);
  const name = isOne(text) ? unit.one : unit.many;
  return figure(text, words, false) + (name ? words.gap + name : "");
}

function interval({ low, high }, unit, words) {
  if (low !== null && low === high) return quantity(low, unit, words);
  if (low !== null && high !== null) {
    const first = words.gap === "" ? quantity(low, unit, words) : figure(low, words, unit.rate);
    return filled(words.range, first, quantity(high, unit, words));
  }
  if (low === "0") return words.unboundedAbove;
  if (low !== null) return filled(words.atLeast, quantity(low, unit, words));
  return high !== null ? filled(words.atMost, quantity(high, unit, words)) : words.unbounded;
}

function dayWords(text, words) {
  if (text === "none") return words.notHappened;
  const [year, month, day] = text.split("-");
  return filled(words.day, year, month, day, `${BigInt(month)}`, `${BigInt(day)}`);
}

// The text of a numbered day; 719163 is the first of January 1970.
const dayText = (number) => new Date(Number(number - 719163n) * 864e5).toISOString().slice(0, 10);

const today = () => {
  const now = new Date(), two = (number) => `${number}`.padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

// --- a calculator ---------------------------------------------------------------------------------

class Calculator {
  constructor(root, script, about) {
    made += 1;
    Object.assign(this, { root, script, about, words: about.words, opened: new Set() });
    this.name = made === 1 ? "calculator" : `calculator-${made}`;
    this.rules = script.ruleset.rules.filter((rule) => rule.name in about.shown);
    const read = new Set(this.rules.flatMap((rule) => rule.reads));
    const inputs = script.ruleset.inputs.filter((_, place) => read.has(place));
    this.home = inputs.filter((input) => input.subject !== "person");
    this.personal = inputs.filter((input) => input.subject === "person");
    this.withMembers = script.ruleset.about === "household" && (
      this.personal.length > 0 || this.rules.some((rule) => rule.ofMembers || rule.subject === "person")
    );
    this.state = this.empty();
    this.build();
    this.restore();
  }

  empty() {
    return { on: this.about.on ?? today(), home: {}, people: [{}], parameters: {} };
  }

  id(path) {
    return `${this.name}-${path.replace(/[^\w]+/g, (found) => [...found].map((each) => each.codePointAt(0).toString(36)).join("-"))}`;
  }

  build() {
    const { words } = this;
    this.form = make("form", { class: "pc-form", onsubmit: (event) => event.preventDefault(), autocomplete: "off", novalidate: true });
    this.answer = make("div", { class: "pc-answer", "aria-live": "polite" });
    this.reasons = make("div", { class: "pc-reasons" });
    this.link = make("div", { class: "pc-link" });
    const copy = make("button", { type: "button", onclick: () => this.copyLink() }, words.copy);
    const clear = make("button", { type: "button", onclick: () => this.set(this.empty()) }, words.clear);
    this.plot = new Plot(this);
    const label = this.id("answer");
    this.root.replaceChildren(
      make("p", { class: "pc-note" }, words.help),
      this.form,
      make("section", { class: "pc-result", "aria-labelledby": label },
        make("h2", { id: label }, words.result), this.answer, this.reasons, this.plot.root),
      make("div", { class: "pc-actions" }, copy, clear), this.link,
      make("p", { class: "pc-note" }, words.privacy),
    );
  }

  // --- the link

  // Take what a link says; where a page goes to another place of its own, the form stays as it is.
  restore(onlyLinked = false) {
    const found = new URLSearchParams(location.hash.slice(1)).get(this.name);
    if (found === null && onlyLinked) return;
    let state = null;
    try { state = JSON.parse(found); } catch { /* not a link of ours */ }
    this.set(state === null ? this.empty() : this.known(state));
  }

  // A state from without, of which only what a form may hold is taken.
  known(state) {
    const texts = (given) => Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => typeof value === "string"));
    const people = Array.isArray(state.people) ? state.people.slice(0, 100).map(texts) : [{}];
    const on = this.about.on ?? (typeof state.on === "string" ? state.on : today());
    return { on, home: texts(state.home), people, parameters: texts(state.parameters) };
  }

  copyLink() {
    const all = new URLSearchParams(location.hash.slice(1));
    const { on, home, people, parameters } = this.state;
    all.set(this.name, JSON.stringify({ on, home, people, parameters }));
    history.replaceState(null, "", `#${all}`);
    const field = make("input", { type: "text", readonly: true, value: location.href, "aria-label": this.words.link });
    const said = make("span", { role: "status" }, "");
    this.link.replaceChildren(field, said);
    field.focus();
    field.select();
    navigator.clipboard?.writeText(location.href).then(() => { said.textContent = this.words.copied; }, () => {});
  }

  set(state) {
    this.state = state;
    this.link.replaceChildren();
    this.fields();
    this.update();
  }

  // --- the fields

  fields() {
    const { words, state } = this;
    this.asked = new Map();
    const parts = [];
    if (this.about.on === null) {
      const input = { name: "on", label: words.on, kind: "date", subject: "on", always: true };
      parts.push(this.field(input, "on", state));
    } else parts.push(make("p", { class: "pc-note" }, filled(words.ofDay, dayWords(this.about.on, words))));
    const ofHome = this.script.ruleset.about === "case" ? "case" : "household";
    if (this.home.length > 0) {
      parts.push(this.group(words.subjects[ofHome], this.home.map((input) => this.field(input, `${ofHome}.${input.name}`, state.home))));
    }
    if (this.withMembers) parts.push(this.members());
    else if (this.personal.length > 0) {
      parts.push(this.group(words.subjects.person, this.personal.map((input) => this.field(input, `person.${input.name}`, state.people[0]))));
    }
    this.silent = make("div", {});
    this.form.replaceChildren(...parts, this.silent);
    this.openFigures();
  }

  group(title, fields, ...more) {
    return make("fieldset", { class: "pc-group" }, make("legend", {}, title), make("div", { class: "pc-fields" }, ...fields), ...more);
  }

  members() {
    const { words, state } = this;
    const each = state.people.map((person, who) => {
      const fields = this.personal.map((input) => this.field(input, `household.members[${who}].${input.name}`, person));
      const name = filled(words.member, who + 1);
      const remove = make("button", { type: "button", class: "pc-remove", onclick: () => this.change(who) }, filled(words.remove, name));
      return this.group(name, fields, remove);
    });
    const add = make("button", { type: "button", id: this.id("household.members"), onclick: () => this.change(null) }, words.add);
    this.asked.set("household.members", { focus: () => add.focus(), label: words.memberCount });
    const count = make("p", { class: "pc-note", role: "status" }, filled(words.count, state.people.length));
    return make("div", { class: "pc-members" }, ...each, count, add);
  }

  // Take out a member, or add one.
  change(who) {
    const people = this.state.people;
    if (who === null && people.length < 100) people.push({});
    else if (who !== null) people.splice(who, 1);
    this.set({ ...this.state, people });
    const first = this.personal[0];
    const path = who === null && first ? `household.members[${people.length - 1}].${first.name}` : "household.members";
    this.asked.get(path).focus();
  }

  // One field; `held` is where its text is kept, under the name of the input.
  field(input, path, held) {
    const id = this.id(path), { words } = this;
    const error = make("p", { class: "pc-error", id: `${id}-error`, hidden: true });
    const asks = this.about.asks[`${input.subject} ${input.name}`] ?? "";
    const example = input.unit === words.rate ? words.rateExample : "";
    const hints = [asks, [input.domain ?? "", example].filter((text) => text !== "").join(words.stop)].filter((text) => text !== "");
    const help = make("p", { class: "pc-hint", id: `${id}-hint` }, ...hints.map((text) => make("span", {}, text)));
    const key = input.key ?? input.name;
    const keep = (text) => {
      if (text === "" && !input.always) delete held[key];
      else held[key] = text;
      this.soon();
    };
    const described = `${id}-hint ${id}-error`;
    const parts = this.control(input, id, held[key] ?? "", keep, described);
    const controls = parts.flatMap((part) => [part, ...part.querySelectorAll("input,select")]).filter((part) => part.matches("input,select"));
    const complain = (text) => {
      error.hidden = text === "";
      if (error.textContent !== text) error.textContent = text;
      controls.forEach((control) => (text === "" ? control.removeAttribute("aria-invalid") : control.setAttribute("aria-invalid", "true")));
    };
    const focus = () => (controls.find((control) => control.checked) ?? controls[0]).focus();
    this.asked.set(path, { complain, focus, label: input.label, input, held });
    if (input.kind === "truth") {
      return make("fieldset", { class: "pc-field pc-truth", "aria-describedby": described }, make("legend", {}, input.label), ...parts, help, error);
    }
    return make("div", { class: "pc-field" }, make("label", { for: id }, input.label), ...parts, help, error);
  }

  control(input, id, text, keep, described) {
    const { words } = this, shared = { id, "aria-describedby": described };
    const onchange = (event) => keep(event.target.value);
    switch (input.kind) {
      case "truth":
        return [make("div", { class: "pc-choices" }, ...[["", words.unknown], ["yes", words.yes], ["no", words.no]].map(([value, label]) =>
          make("label", {}, make("input", { type: "radio", name: id, value, checked: value === text, onchange }), label)))];
      case "choice": {
        const options = [["", words.unknown], ...input.choices].map(([value, label]) => make("option", { value, selected: value === text }, label));
        return [make("select", { ...shared, onchange }, ...options)];
      }
      case "date": return this.day(input, shared, text, keep);
      default: {
        const oninput = (event) => keep(event.target.value.trim());
        return [make("span", { class: "pc-number" },
          make("input", { ...shared, type: "text", inputmode: "decimal", value: text, maxlength: 200, oninput }),
          make("span", { class: "pc-unit" }, input.unit === words.noUnit ? "" : input.unit))];
      }
    }
  }

  // A day; other than that of the question or a birth it may be that it has not come.
  day(input, shared, text, keep) {
    const never = text === "none";
    const field = make("input", { ...shared, type: "date", min: "1900-01-01", max: "2200-12-31", value: never ? "" : text, disabled: never });
    field.addEventListener("input", () => keep(field.value));
    if (input.always || input.name === "birth date") return [field];
    const box = make("input", { type: "checkbox", checked: never, onchange: () => {
      field.disabled = box.checked;
      keep(box.checked ? "none" : field.value);
    } });
    return [make("span", { class: "pc-day" }, field, make("label", { class: "pc-check" }, box, this.words.notHappened))];
  }

  // What no document states on the day, to be supplied if known.
  openFigures() {
    const fields = this.openCells().map(([parameter, keys, path]) => {
      const names = keys.map((key, at) => [...parameter.axes[at].values].filter(([, value]) => value === key).at(-1)[0]);
      const label = parameter.label + (names.length > 0 ? filled(this.words.inBrackets, names.join(this.words.comma)) : "");
      const cell = this.cellOn(parameter, keys);
      const input = { ...parameter, label, kind: "number", subject: "parameters", key: path, domain: cell.domain };
      return this.field(input, path, this.state.parameters);
    });
    this.silent.replaceChildren(...(fields.length === 0 ? [] : [this.group(this.words.silent, fields)]));
    this.silentDay = this.state.on;
  }

  cellOn(parameter, keys) {
    const days = parameter.versions.filter(([start]) => start === null || dayText(start) <= this.state.on);
    const cells = days.length > 0 ? days.at(-1)[1] : [];
    const alike = (own, any) => own.every((key, at) => key === keys[at] || (any && key === "*" && !parameter.counted[at]));
    return cells.find((cell) => alike(cell.keys, false)) ?? cells.find((cell) => alike(cell.keys, true));
  }

  openCells() {
    const read = new Set(this.about.silent);
    return this.script.ruleset.parameters.filter((parameter) => read.has(parameter.name)).flatMap((parameter) =>
      parameter.held.map(([keys]) => [parameter, keys, ["parameters", parameter.name, ...keys].join(".")])
        .filter(([, keys]) => {
          const cell = this.cellOn(parameter, keys);
          return cell !== undefined && cell.stated === undefined;
        }));
  }

  // --- what follows

  // The case that the fields tell.
  given() {
    const { home, people, parameters, on } = this.state, about = this.script.ruleset.about;
    const facts = (inputs, held) => Object.fromEntries(inputs.filter(({ name }) => held[name] !== undefined).map(({ name }) => [name, held[name]]));
    const found = { on };
    if (about === "person") found.person = facts(this.personal, people[0] ?? {});
    else found[about] = facts(this.home, home);
    if (this.withMembers && people.length > 0) found.household.members = people.map((person) => facts(this.personal, person));
    for (const [parameter, keys, path] of this.openCells()) {
      if (parameters[path] === undefined) continue;
      found.parameters ??= {};
      if (keys.length === 0) found.parameters[parameter.name] = parameters[path];
      else keys.reduce((table, key, at) => {
        table[key] ??= at === keys.length - 1 ? parameters[path] : {};
        return table[key];
      }, (found.parameters[parameter.name] ??= {}));
    }
    return found;
  }

  // What a case gives, of all rules or of some, or its problems.
  said(given, names) {
    try {
      return { outcomes: this.script.evaluate(given, undefined, names).outcomes, problems: [] };
    } catch (error) {
      if (!(error instanceof this.script.InputError)) throw error;
      return { outcomes: null, problems: error.problems };
    }
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.update(), 120);
  }

  update() {
    if (this.silentDay !== this.state.on) this.openFigures();
    const shownRules = this.rules.filter((rule) => this.about.shown[rule.name].main);
    const { outcomes, problems } = this.said(this.given(), shownRules.map((rule) => rule.name));
    for (const [path, field] of this.asked) {
      const own = problems.filter((problem) => problem.path === path || (path === "on" && problem.path === "date"));
      field.complain?.(own.map((problem) => problem.message).join(this.words.stop));
    }
    const others = problems.filter((problem) => !this.asked.has(problem.path));
    const shown = outcomes === null
      ? [make("p", { class: "pc-wrong" }, this.words.wrong), ...others.map((each) => make("p", { class: "pc-wrong" }, each.message))]
      : [...shownRules.flatMap((rule) => this.outcomes(rule, outcomes[rule.name])), ...this.refused()];
    const text = shown.map((part) => part.outerHTML).join("");
    if (this.saidBefore !== text) this.answer.replaceChildren(...shown);
    this.saidBefore = text;
    this.reasons.replaceChildren(...(outcomes === null ? [] : reasons(this, outcomes)));
    this.plot.soon();
  }

  refused() {
    return this.script.ruleset.refused.filter(([name]) => this.about.refused.includes(name))
      .map(([, label, why]) => make("p", { class: "pc-note" }, filled(this.words.refused, label, why)));
  }

  who(path) {
    const found = /^household\.members\[(\d+)\]$/.exec(path);
    return found ? filled(this.words.member, BigInt(found[1]) + 1n) : null;
  }

  // The outcome in words: the status, and the amount or value where there is one.
  worded(rule, outcome) {
    const { words } = this, unit = this.about.shown[rule.name].unit;
    const status = words.statuses[outcome.status];
    let value = "";
    if (outcome.amount) value = interval(outcome.amount, unit, words);
    else if (typeof outcome.value === "boolean") value = outcome.value ? words.yes : words.no;
    else if (typeof outcome.value === "string") value = rule.kind === "date" ? dayWords(outcome.value, words) : this.about.labels[outcome.value] ?? outcome.value;
    return [status, value];
  }

  outcomes(rule, { of, needs = [] }) {
    const found = Object.entries(of).map(([path, outcome]) => this.outcome(rule, path, outcome));
    return found.length > 0 ? found : [this.card(rule, null, this.words.untold, "", "untold", this.needs(needs))];
  }

  outcome(rule, path, outcome) {
    const { words } = this, [status, value] = this.worded(rule, outcome);
    const basis = outcome.amount ? words.bases[outcome.amount.basis] : "";
    const decided = this.about.shown[rule.name].decided;
    const byPeople = outcome.status === "manual" || (outcome.amount && ["discretion", "both"].includes(outcome.amount.basis));
    const isExact = outcome.amount && outcome.amount.low !== null && outcome.amount.low === outcome.amount.high;
    const notes = [basis, byPeople ? decided : "", ...outcome.flags.map((flag) => words.flags[flag] ?? flag)].filter((text) => text);
    const needs = ["undetermined", "untold"].includes(outcome.status) || !isExact ? outcome.needs : [];
    const lines = notes.map((text) => make("p", { class: "pc-note" }, text));
    return this.card(rule, this.who(path), status, value, outcome.status, ...lines, this.needs(needs));
  }

  card(rule, who, status, value, kind, ...lines) {
    const name = rule.label + (who === null ? "" : filled(this.words.inBrackets, who));
    return make("div", { class: `pc-card pc-${kind.replaceAll(" ", "-")}`, "data-rule": rule.name },
      make("p", { class: "pc-head" }, make("strong", {}, name), make("span", { class: "pc-status" }, status)),
      value === "" ? null : make("p", { class: "pc-value" }, value), ...lines);
  }

  // What to ask next, each a link to its field.
  needs(paths) {
    if (paths.length === 0) return null;
    const links = paths.map((path) => {
      const own = [...this.asked.keys()].find((key) => key === path || key.startsWith(`${path}.`));
      const field = this.asked.get(own), who = this.who(path.replace(/\.[^.]*$/, ""));
      const label = (field ? field.label : path) + (who ? filled(this.words.inBrackets, who) : "");
      if (!field) return make("li", {}, label);
      const focus = (event) => { event.preventDefault(); field.focus(); };
      return make("li", {}, make("a", { href: `#${this.id(own)}`, onclick: focus }, label));
    });
    return make("div", { class: "pc-needs" }, make("p", { class: "pc-note" }, this.words.needs), make("ul", {}, ...links));
  }
}
