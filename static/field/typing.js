// A field for a place with choices that come while somebody types, from the map on the device: arrows walk,
// Enter takes, Escape closes. The choices are advice; any words will do.

export function combobox(input, list, { find, typed, chosen, say }) {
  let choices = [];

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const active = () => [...list.children].findIndex((option) => option.getAttribute("aria-selected") === "true");

  function open() {
    choices = find(input.value);
    if (!choices.length || (choices.length === 1 && choices[0].label === input.value.trim())) return close();
    list.replaceChildren(...choices.map(({ label, locality }, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = label;
      if (locality && !label.endsWith(locality)) option.append(Object.assign(document.createElement("small"), { textContent: ` ${locality}` }));
      return option;
    }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    return say(choices.length);
  }

  function walk(step) {
    const next = (active() + step + choices.length + (active() < 0 && step < 0 ? 1 : 0)) % choices.length;
    for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === next));
    input.setAttribute("aria-activedescendant", list.children[next].id);
    list.children[next].scrollIntoView({ block: "nearest" });
  }

  function take(at) {
    input.value = choices[at].label;
    close();
    chosen(choices[at]);
  }

  input.addEventListener("input", () => { typed(input.value.trim()); open(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" && !isOpen) open();
    else if (isOpen && event.key === "ArrowDown") walk(1);
    else if (isOpen && event.key === "ArrowUp") walk(-1);
    else if (isOpen && event.key === "Enter" && active() >= 0) take(active());
    else if (isOpen && event.key === "Escape") close();
    else if (event.key !== "Enter") return; // which saves nothing by accident
    event.preventDefault();
  });
  // The list must not take the focus away before the tap has come.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take([...list.children].indexOf(option));
  });
}
