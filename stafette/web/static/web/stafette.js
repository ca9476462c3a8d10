// Stafette's only script. Every page works without it; here is what makes work quicker:
// focus after swaps, questions before grave steps, drafts, shortcuts, copying. No inline code anywhere.

const $ = (selector, root = document) => root.querySelector(selector);
const texts = JSON.parse($("meta[name=stafette-texts]")?.content || "{}");

/* Focus: an error summary or a message that arrives is read out and seen. */
function focusOn(root) {
  const wanted = root.matches?.("[data-focus], [autofocus]") ? root : $("[data-focus], [autofocus]", root);
  if (!wanted) return;
  wanted.focus({ preventScroll: true });
  wanted.scrollIntoView({ block: "nearest" });
}

function prepare(root) {
  for (const button of root.querySelectorAll?.("[data-copy][hidden]") ?? []) button.hidden = !navigator.clipboard;
}

document.addEventListener("DOMContentLoaded", () => { prepare(document); focusOn(document); });
document.addEventListener("htmx:afterSettle", (event) => {
  prepare(event.target);
  focusOn(event.target);
  if (event.target.id === "messages" && event.target.firstElementChild) {
    event.target.scrollIntoView({ block: "nearest" });
  }
});

/* Filters fold away on a phone when none is set; wide windows always show them. */
const narrow = window.matchMedia("(max-width: 47.99em)");
function fold() {
  for (const filters of document.querySelectorAll("details[data-fold]")) {
    filters.open = !narrow.matches || filters.dataset.fold === "stay";
  }
}
document.addEventListener("DOMContentLoaded", fold);
narrow.addEventListener("change", fold);

/* htmx is working: a thin line on top; a lost connection is said, never swallowed. */
let waiting = 0;
document.addEventListener("htmx:beforeRequest", () => {
  if (waiting++ || $(".st-loading")) return;
  const line = document.createElement("div");
  line.className = "st-loading";
  document.body.append(line);
});
document.addEventListener("htmx:afterRequest", () => {
  waiting = Math.max(0, waiting - 1);
  if (!waiting) $(".st-loading")?.remove();
});
document.addEventListener("htmx:sendError", () => say(texts.offline));
document.addEventListener("htmx:timeout", () => say(texts.slow));

function say(text) {
  const area = $("#messages");
  if (!area) return;
  const box = document.createElement("div");
  box.className = "kern-alert kern-alert--danger st-alert";
  box.setAttribute("role", "alert");
  box.innerHTML = '<div class="kern-alert__header"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-title"></span></div>';
  $(".kern-title", box).textContent = text;
  area.replaceChildren(box);
  area.scrollIntoView({ block: "nearest" });
}

/* Questions: <form data-confirm="…"> asks in a dialog; without script the server's own page asks or the step runs. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const dialog = $("#rueckfrage");
  if (!form.dataset.confirm || form.dataset.confirmed || !dialog?.showModal) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  $("[data-question]", dialog).textContent = form.dataset.confirm;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") { submitter?.focus(); return; }
    form.dataset.confirmed = "1";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  }, { once: true });
  dialog.showModal();
}, true);

/* A second click on a button that is already sending does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sending) { event.preventDefault(); return; }
  form.dataset.sending = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});

/* A form that answers in a new tab, <form data-afresh="/address/">, is empty again when one comes back to it. */
let afresh = "";
document.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget === "_blank") afresh = event.target.dataset.afresh ?? "";
});
const comeBack = () => { if (afresh && !document.hidden) location.assign(afresh); };
document.addEventListener("visibilitychange", comeBack);
window.addEventListener("focus", comeBack);

/* An idle session ends on the server; two minutes before, one is asked. Work in any tab counts for all. */
const session = $("meta[name=stafette-session]");
if (session) {
  const limit = Number(session.content) * 1000;
  const seen = () => localStorage.setItem("stafette-seen", String(Date.now()));
  const left = () => Number(localStorage.getItem("stafette-seen")) + limit - Date.now();
  seen();
  document.addEventListener("htmx:afterRequest", seen);
  document.addEventListener("stafette:saved", seen);
  const dialog = $("#sitzung");
  dialog.addEventListener("close", async () => {
    const answer = await fetch(session.dataset.renew, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) seen();
    else if (answer?.redirected) location.assign(answer.url);
  });
  setInterval(() => {
    if (left() > 120000) { if (dialog.open && dialog.dataset.asked) dialog.close(); return; }
    if (left() <= 0) $("[data-text]", dialog).textContent = texts.ended;
    if (!dialog.open) { dialog.dataset.asked = "1"; dialog.showModal(); }
  }, 5000);
}

/* Drafts: <form data-autosave="/address/"> posts itself two seconds after the last change and says so. */
const timers = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form) return;
  form.dataset.changed = "1";
  state(form, texts.unsaved);
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), 2000));
});

function state(form, text) {
  const place = $("[data-autosave-state]", form);
  if (place && place.textContent !== text) place.textContent = text;
}

async function save(form) {
  const data = new FormData(form);
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: data, credentials: "same-origin", headers: { "X-Autosave": "1" },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    delete form.dataset.changed;
    document.dispatchEvent(new Event("stafette:saved"));
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    state(form, texts.saved.replace("{time}", time));
  } catch {
    state(form, texts.failed);
    timers.set(form, setTimeout(() => save(form), 10000));
  }
}
document.addEventListener("submit", (event) => { clearTimeout(timers.get(event.target)); delete event.target.dataset.changed; });
window.addEventListener("beforeunload", (event) => { if ($("form[data-changed]")) event.preventDefault(); });

/* Free text: what is telling is said under the field, before it is saved; the server keeps nothing of it. */
const watching = new WeakMap();
function watchArea(field) {
  let area = $(`#${CSS.escape(field.id)}_watch`);
  if (!area && field.id) {
    area = document.createElement("div");
    area.id = `${field.id}_watch`;
    area.className = "st-watch";
    area.setAttribute("role", "status");
    field.after(area);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${area.id}`.trim());
  }
  return area;
}
async function watch(field) {
  const text = field.value.trim();
  const area = watchArea(field);
  const token = $("[name=csrfmiddlewaretoken]", field.form ?? document)?.value;
  if (!area || !token || area.dataset.seen === text) return;
  area.dataset.seen = text;
  if (text.length < 3) { area.replaceChildren(); return; }
  const body = new URLSearchParams({
    field: field.dataset.watch, text, csrfmiddlewaretoken: token,
    label: field.labels?.[0]?.firstChild?.textContent?.trim() ?? "", address: new URL(field.form.action).pathname,
  });
  const answer = await fetch("/hinweis/", { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && !answer.redirected && field.value.trim() === text) area.innerHTML = await answer.text();
}
document.addEventListener("input", (event) => {
  const field = event.target.closest?.("form[method=post] [data-watch]");
  if (!field) return;
  clearTimeout(watching.get(field));
  watching.set(field, setTimeout(() => watch(field), 1200));
});
document.addEventListener("focusout", (event) => {
  const field = event.target.closest?.("form[method=post] [data-watch]");
  if (field && watching.has(field)) { clearTimeout(watching.get(field)); watch(field); }
});

/* Keys: / goes to the search box, Alt+S sends the form one is in, Escape closes an open menu. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = $("[data-shortcut='/']");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.altKey && !event.ctrlKey && event.key.toLowerCase() === "s") {
    const form = typing?.form ?? null;
    if (form && form.method === "post") { event.preventDefault(); form.requestSubmit($("button:not([type='button'])", form)); }
  } else if (event.key === "Escape") {
    const menu = event.target.closest?.("details.st-menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.st-menu--user[open]")) if (!menu.contains(event.target)) menu.open = false;
  const copy = event.target.closest?.("[data-copy]");
  if (copy) copyText(copy);
});

async function copyText(button) {
  const text = $(button.dataset.copy)?.textContent ?? "";
  const label = $(".kern-label", button);
  const before = label.textContent;
  try { await navigator.clipboard.writeText(text); label.textContent = texts.copied; } catch { label.textContent = texts.by_hand; }
  setTimeout(() => { label.textContent = before; }, 3000);
}
