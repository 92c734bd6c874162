// What words seem to hold that need not be there: a number of the national register, a phone, an address, a plate.
// Simple patterns, in the order in which one excludes the next. It says so and stops nobody.

const KINDS = {
  register: /\b\d{2}[. ]?[01]\d[. ]?[0-3]\d[- ./]?\d{3}[. -]?\d{2}\b/,
  mail: /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  phone: /(?<![\d.])(?:\+|00)?\d(?:[\s./-]?\d){7,12}(?!\d)/,
  plate: /\b(?:[1-9]-?[A-Z]{3}-?\d{3}|[A-Z]{3}-?\d{3}|\d{3}-?[A-Z]{3})\b/i,
};

// The names of what was found, each once.
export function personal(text) {
  let left = text;
  return Object.entries(KINDS).filter(([, pattern]) => {
    const found = pattern.test(left);
    left = left.replace(pattern, " ");
    return found;
  }).map(([kind]) => kind);
}
