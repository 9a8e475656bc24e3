// Reads a case: every fact as its declaration asks, with the problems by their codes.

const FIRST_YEAR = 1900n, LAST_YEAR = 2200n, OLDEST = 150n, NEVER = 3652059n;
const MOST_DIGITS = 60, LONGEST = 200, MOST_PROBLEMS = 100, MOST_MEMBERS = 100;
const YES_NO = new Map([["yes", true], ["no", false], ["是", true], ["否", false]]);
const NOT_YET = ["none", "无", "尚未发生"];

// A case that cannot be evaluated: `problems` has a code, path and message for each thing wrong.
class InputError extends Error {
  constructor(problems) {
    super(problems.map((each) => `${each.path}: ${each.code}: ${each.message}`).join("\n"));
    this.name = "InputError";
    this.problems = problems;
  }
}

// Days are numbered as Python numbers them: 1 is the first of January of the year 1.
function dayNumber(year, month, day) {
  const early = month <= 2n, y = early ? year - 1n : year;
  const months = (153n * (month + (early ? 9n : -3n)) + 2n) / 5n;
  return 365n * y + y / 4n - y / 100n + y / 400n + months + day - 306n;
}

function dayParts(number) {
  const days = number + 305n, era = days / 146097n, of = days % 146097n;
  const years = (of - of / 1460n + of / 36524n - of / 146096n) / 365n;
  const rest = of - (365n * years + years / 4n - years / 100n);
  const months = (5n * rest + 2n) / 153n, month = months < 10n ? months + 3n : months - 9n;
  return [years + era * 400n + (month <= 2n ? 1n : 0n), month, rest - (153n * months + 2n) / 5n + 1n];
}

const padded = (number, places) => `${number}`.padStart(places, "0");
const dayText = (number) => {
  if (number === NEVER) return "none";
  const [year, month, day] = dayParts(number);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
};

const lastOfMonth = (year, month) =>
  month === 2n ? (year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n) ? 29n : 28n)
    : [4n, 6n, 9n, 11n].includes(month) ? 30n : 31n;

// Who was born on 29 February completes a year on the 28th where there is no 29th.
function completedYears(since, on) {
  const [year, month, day] = dayParts(since), [nowYear, nowMonth, nowDay] = dayParts(on);
  const last = lastOfMonth(nowYear, month), falls = day < last ? day : last;
  const passed = nowMonth > month || (nowMonth === month && nowDay >= falls);
  return nowYear - year - (passed ? 0n : 1n);
}

// The problems of one case.
function report() {
  const problems = [];
  const add = (code, path, facts = {}) => {
    const message = Object.entries(facts).reduce(
      (text, [name, fact]) => text.replaceAll(`{${name}}`, () => fact), MESSAGES[code],
    );
    if (problems.length < MOST_PROBLEMS) problems.push({ code, path, message });
    return null;
  };
  return { problems, add };
}

const shown = (text) => ([...text].length > 60 ? `${[...text].slice(0, 59).join("")}…` : text);
const quoted = (text) => WORDS.quotes[0] + shown(text) + WORDS.quotes[1];
function described(found) {
  if (found === null) return WORDS.nothing;
  if (Array.isArray(found)) return WORDS.list;
  return typeof found === "object" ? WORDS.object : quoted(String(found));
}
const isObject = (found) => typeof found === "object" && found !== null && !Array.isArray(found);

function readDay(raw, path, { add }) {
  if (typeof raw !== "string") return add("PR602", path, { expected: WORDS.date, found: described(raw) });
  const text = raw.normalize("NFKC").trim();
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text);
  if (found === null || raw.length > LONGEST) return add("PR614", path, { found: described(raw) });
  const [year, month, day] = found.slice(1).map(BigInt);
  if (year < 1n || month < 1n || month > 12n || day < 1n || day > lastOfMonth(year, month)) {
    return add("PR615", path, { found: described(raw) });
  }
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    return add("PR616", path, { first: FIRST_YEAR, last: LAST_YEAR, found: year });
  }
  return dayNumber(year, month, day);
}

// A text as a number [over, under], with one of the units in which the input may be written.
function readFigure(input, raw, path, add) {
  const text = raw.normalize("NFKC").trim();
  const found = /^([-−]?) *(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))? *(.*)$/s.exec(text);
  if (found === null || raw.length > LONGEST) return add("PR609", path, { found: described(raw) });
  const [, sign, grouped, part = "", spelled] = found;
  const digits = grouped.replaceAll(",", "") + part;
  if (digits.length > MOST_DIGITS) return add("PR608", path, { found: described(raw), most: MOST_DIGITS });
  const unit = spelled.replace(/\s+/g, " ").toLowerCase();
  const scale = input.units.get(unit);
  if (scale === undefined) {
    const facts = { name: input.label, declared: input.unit, found: quoted(spelled) };
    const known = unit === "%" || RULES.inputs.some((each) => each.units && each.units.has(unit));
    return add(known ? "PR610" : "PR609", path, known ? facts : { found: described(raw) });
  }
  const size = BigInt(digits) * scale[0];
  return [sign ? -size : size, 10n ** BigInt(part.length) * scale[1]];
}

// Whether a number lies in the limits that are set.
function within(number, { low, high, lowExcluded, highExcluded, domain }, name, raw, path, add) {
  const tooLow = low && (below(number, low) || (lowExcluded && same(number, low)));
  const tooHigh = high && (below(high, number) || (highExcluded && same(number, high)));
  if (tooLow || tooHigh) add("PR611", path, { name, domain, found: described(raw) });
  return !tooLow && !tooHigh;
}

function readNumber(input, raw, path, add) {
  let number = null;
  if (typeof raw === "bigint") number = [raw, 1n];
  else if (Number.isSafeInteger(raw)) number = [BigInt(raw), 1n];
  else if (typeof raw === "number") return add("PR607", path, { found: String(raw) });
  else if (typeof raw === "string") number = readFigure(input, raw, path, add);
  else return add("PR602", path, { expected: WORDS.number, found: described(raw) });
  if (number === null) return null;
  const [over, under] = number;
  const size = over < 0n ? -over : over;
  if (size >= 10n ** BigInt(MOST_DIGITS) * under) {
    return add("PR608", path, { found: described(raw), most: MOST_DIGITS });
  }
  if (input.whole && (over < 0n || over % under !== 0n)) {
    return add("PR612", path, { name: input.label, found: described(raw) });
  }
  if (!within(number, input, input.label, raw, path, add)) return null;
  const parts = over * input.per;
  if (parts % under !== 0n) return add("PR608", path, { found: described(raw), most: input.per === 1n ? 0 : 6 });
  return parts / under;
}

function readValue(input, raw, path, problems) {
  const { add } = problems;
  const refused = (expected) => add("PR602", path, { expected, found: described(raw) });
  const word = typeof raw === "string" ? raw.trim() : null;
  switch (input.kind) {
    case "number":
      return readNumber(input, raw, path, add);
    case "truth":
      if (typeof raw === "boolean") return raw;
      return YES_NO.get(word === null ? null : word.toLowerCase()) ?? refused(WORDS.truth);
    case "choice":
      if (word === null) return refused(WORDS.values + input.known);
      return input.values.get(word) ?? add("PR613", path, { name: input.label, found: described(raw) });
    default:
      if (!NOT_YET.includes(word)) return readDay(raw, path, problems);
      return input.name === "birth date" ? add("PR634", path) : NEVER;
  }
}

// The facts of a subject in their places; `places` is where each stands.
function facts(given, subject, path, problems, size) {
  const cells = Array(size).fill(null), names = new Set(), implied = [];
  const { add } = problems;
  if (!isObject(given)) {
    add("PR602", path, { expected: WORDS.object, found: described(given) });
    return cells;
  }
  for (const [key, raw] of Object.entries(given)) {
    if (key === "members" && path === "household") continue;
    const place = `${path}.${shown(key)}`;
    const entries = RULES.names.get(`${subject} ${key}`), cases = RULES.cases.get(`${subject} ${key}`);
    if (RULES.lists.has(`${subject} ${key}`)) continue;
    if (entries === undefined && cases === undefined) {
      const other = subject === "person" ? "household" : "person";
      const known = [RULES.names, RULES.cases].some((table) => table.has(`${other} ${key}`)) || RULES.lists.has(`${other} ${key}`);
      add(known ? (other === "person" ? "PR605" : "PR625") : "PR604", place, { name: shown(key) });
      continue;
    }
    let found = [];
    if (entries !== undefined) {
      const input = RULES.inputs[entries];
      const value = raw === null ? null : readValue(input, raw, place, problems);
      found = [[input, value]];
      if (value === 0n && cases !== undefined) cases.forEach((each) => implied.push(RULES.inputs[each]));
    } else {
      const first = RULES.inputs[cases[0]];
      const value = raw === null ? null : readNumber({ ...first, low: null, high: null, whole: false }, raw, place, add);
      if (value !== null && value !== 0n) add("PR626", place, { cases: cases.map((each) => RULES.inputs[each].label).join(", ") });
      found = cases.map((each) => [RULES.inputs[each], value]);
    }
    for (const [input, value] of found) {
      if (names.has(input.name)) add("PR606", place, { name: shown(key) });
      names.add(input.name);
      cells[input.place] = value;
    }
  }
  for (const input of implied) cells[input.place] ??= 0n;
  return cells;
}

// The cells given for a table, each with its keys and path.
function cellsOf(axes, raw, path, add) {
  if (raw === null) return [];
  if (axes.length === 0) return [[[], path, raw]];
  if (!isObject(raw)) {
    add("PR602", path, { expected: WORDS.object, found: described(raw) });
    return [];
  }
  const [axis, ...others] = axes, found = [], seen = new Set();
  for (const [key, inner] of Object.entries(raw)) {
    const place = `${path}.${shown(key)}`, value = axis.values.get(key);
    if (value === undefined) {
      add("PR613", place, { name: axis.label, found: described(key) });
      continue;
    }
    if (seen.has(value)) add("PR606", place, { name: shown(key) });
    seen.add(value);
    for (const [keys, at, cell] of cellsOf(others, inner, place, add)) found.push([[value, ...keys], at, cell]);
  }
  return found;
}

const alike = (one, other) => one.every((key, index) => key === other[index]);

// One value that is supplied, if the document leaves it open on the day.
function supply(parameter, keys, raw, path, home, day, add) {
  const number = raw === null ? null : readNumber(parameter, raw, path, add);
  if (number === null || day === null) return;
  const begun = parameter.versions.filter(([start]) => start === null || start <= day);
  const cells = begun.length > 0 ? begun[begun.length - 1][1] : [], on = dayText(day);
  if (cells.length === 0) {
    add("PR624", path, { name: parameter.label, on });
    return;
  }
  const cell = cells.find((each) => alike(each.keys, keys)) ?? cells.find((each) => each.keys.every(
    (own, index) => own === keys[index] || (own === "*" && !parameter.counted[index]),
  ));
  if (cell === undefined) add("PR613", path, { name: parameter.label, found: quoted(keys.join(" ")) });
  else if (cell.stated !== undefined) add("PR623", path, { name: parameter.label, stated: cell.stated, on });
  else if (within([number, parameter.per], cell, parameter.label, raw, path, add)) {
    const held = parameter.held.find(([own]) => alike(own, keys));
    if (held !== undefined) home[held[1]] = number;
  }
}

// The values that a case supplies because no document states them.
function supplied(given, home, day, { add }) {
  const seen = new Set();
  if (!isObject(given)) add("PR602", "parameters", { expected: WORDS.object, found: described(given) });
  else for (const [key, raw] of Object.entries(given)) {
    const path = `parameters.${shown(key)}`, parameter = RULES.parameters[RULES.supplied.get(key)];
    if (parameter === undefined) {
      add("PR622", path, { name: shown(key) });
      continue;
    }
    if (seen.has(parameter)) add("PR606", path, { name: shown(key) });
    seen.add(parameter);
    for (const [keys, place, value] of cellsOf(parameter.axes, raw, path, add)) {
      supply(parameter, keys, value, place, home, day, add);
    }
  }
}

function person(given, path, day, problems) {
  const cells = facts(given, "person", path, problems, PLAN.sizes[1]);
  const { birth, age } = RULES;
  if (birth === null || day === null || cells[birth] === null) return cells;
  const born = cells[birth], at = `${path}.birth date`;
  if (born > day) {
    problems.add("PR618", at, { on: dayText(day) });
    return cells;
  }
  const years = completedYears(born, day);
  if (years > OLDEST) problems.add("PR635", at, { on: dayText(day), found: years });
  else if (cells[age] !== null && cells[age] !== years * RULES.agePer) {
    problems.add("PR617", at.replace("birth date", "age"), { given: cells[age] / RULES.agePer, computed: years });
  }
  cells[age] = years * RULES.agePer;
  return cells;
}

// The day, and the cells of the household and its members; null where these are not known.
function read(given, on) {
  const problems = report(), { add } = problems;
  const stop = () => { if (problems.problems.length > 0) throw new InputError(problems.problems); };
  let top = given;
  if (typeof given === "string") {
    try { top = JSON.parse(given); } catch (error) { add("PR601", "case", { reason: error.message }); }
    stop();
  }
  if (!isObject(top)) add("PR602", "case", { expected: WORDS.object, found: described(top) });
  stop();
  const subject = RULES.about;
  for (const key of Object.keys(top)) {
    if (["household", "person", "case"].includes(key) && key !== subject) {
      add({ person: "PR620", household: "PR621", case: "PR650" }[subject], key);
    } else if (![subject, "on", "parameters"].includes(key)) add("PR603", shown(key), { name: shown(key) });
  }
  const ofCase = top.on ?? null, asked = on ?? ofCase;
  if (ofCase !== null && asked !== ofCase) readDay(ofCase, "on", problems);
  let day = PLAN.only;
  if (asked !== null) day = readDay(asked, "on", problems);
  else if (day === null) add("PR627", "on");
  if (![null, day].includes(PLAN.only) && day !== null) add("PR682", "on", { known: dayText(PLAN.only) });
  const about = top[subject] ?? {};
  let home = Array(PLAN.sizes[0]).fill(null), people = null;
  if (subject === "person") people = [person(about, "person", day, problems)];
  else {
    home = facts(about, "household", subject, problems, PLAN.sizes[0]);
    const members = subject === "household" && isObject(about) ? about.members ?? null : null;
    if (subject === "case") people = [];
    else if (members !== null && !Array.isArray(members)) {
      add("PR602", "household.members", { expected: WORDS.list, found: described(members) });
    } else if (members !== null) {
      if (members.length > MOST_MEMBERS) add("PR651", "household.members", { most: MOST_MEMBERS });
      else if (members.length === 0) add("PR619", "household.members");
      else people = members.map((each, who) => person(each, `household.members[${who}]`, day, problems));
    }
  }
  if ((top.parameters ?? null) !== null) supplied(top.parameters, home, day, problems);
  stop();
  home[PLAN.day] = day;
  people?.forEach((cells, who) => { cells[PLAN.place] = BigInt(who) + 1n; });
  return { day, home, people };
}
