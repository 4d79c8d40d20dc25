// Asks again whenever something is chosen, and puts the answer in the place of the last one.
"use strict";

let turn = 0;
const SCROLLED = ["areas"];

const form = () => document.getElementById("asked");

function address(button) {
  const data = new FormData(form(), button);
  return `/?${new URLSearchParams(data)}`;
}

// What is focused, scrolled, narrowed or folded stays so.
function kept() {
  const list = document.getElementById("list");
  return {
    focus: document.activeElement?.id || document.activeElement?.value,
    id: Boolean(document.activeElement?.id),
    tops: SCROLLED.map((id) => [id, document.getElementById(id)?.scrollTop ?? 0]),
    narrow: document.getElementById("narrow")?.value ?? "",
    open: list ? list.open : null,
  };
}

function restore(state) {
  const list = document.getElementById("list");
  if (list && state.open !== null) list.open = state.open;
  const narrow = document.getElementById("narrow");
  if (narrow) { narrow.value = state.narrow; narrowed(); }
  for (const [id, top] of state.tops) {
    const part = document.getElementById(id);
    if (part) part.scrollTop = top;
  }
  if (!state.focus) return;
  const again = state.id ? document.getElementById(state.focus)
    : document.querySelector(`[value="${CSS.escape(state.focus)}"]`);
  again?.focus({ preventScroll: true });
}

async function show(url, remember = true) {
  const mine = ++turn;
  document.body.classList.add("busy");
  let text;
  try {
    text = await (await fetch(url)).text();
  } catch {
    if (mine === turn) ended();
    return;
  }
  if (mine !== turn) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const main = fresh.querySelector("main");
  if (!main) { document.body.classList.remove("busy"); return; }
  const state = kept();
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.documentElement.lang = fresh.documentElement.lang;
  document.title = fresh.title;
  document.body.dataset.ended = fresh.body.dataset.ended;
  if (remember) history.pushState(null, "", main.dataset.address);
  restore(state);
  document.body.classList.remove("busy");
}

function ended() {
  document.body.classList.remove("busy");
  if (document.querySelector(".ended")) return;
  const told = document.createElement("p");
  told.className = "ended refused";
  told.setAttribute("role", "alert");
  told.textContent = document.body.dataset.ended;
  document.body.prepend(told);
}

function narrowed() {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(document.getElementById("narrow").value);
  for (const label of document.querySelectorAll("#areas label")) {
    label.hidden = !plain(label.textContent).includes(wanted);
  }
}

async function copied(button) {
  const code = button.parentElement.querySelector("code");
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    getSelection().selectAllChildren(code);
    return;
  }
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = before; }, 1500);
}

document.addEventListener("change", (event) => {
  if (event.target.id !== "narrow" && event.target.form === form()) show(address());
});
document.addEventListener("input", (event) => {
  if (event.target.id === "narrow") narrowed();
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  show(address(event.submitter));
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-copied]")) copied(event.target);
  const area = event.target.closest("[data-code]");
  if (area) document.getElementById(`area-${area.dataset.code}`).click();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.id === "narrow") event.preventDefault();
});
// On a phone the map comes first, and the answers soon after it.
if (innerWidth < 640) document.getElementById("list")?.removeAttribute("open");
addEventListener("popstate", () => show(location.href, false));
