// Sends, polls and moves without leaving the page. Without this file every form works as a plain form.
"use strict";

const LOOK_AGAIN_MS = 1000;
const SOON_MS = [150, 400, 800];
let isMoving = false;
let looking = null;

// ---- looking: the server renders, we take over what changed

async function look() {
  looking ??= fetchPage().finally(() => { looking = null; });
  return looking;
}

async function fetchPage() {
  const away = document.getElementById("away");
  try {
    const answer = await fetch(pageAddress(), { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-swap]")) swap(part, fresh.querySelector(`#${part.id}`));
    for (const live of document.querySelectorAll("[data-live]")) takeOver(live, fresh.querySelector(`[data-live="${live.dataset.live}"]`));
    for (const log of document.querySelectorAll("[data-log]")) takeTexts(log, fresh.querySelector(`[data-log="${log.dataset.log}"]`));
    for (const line of document.querySelectorAll("[data-line]")) takeLine(line, fresh.querySelector(`[data-line="${line.dataset.line}"]`));
    takeHour(document.getElementById("to"), fresh.getElementById("to"));
    if (away.textContent) away.textContent = "";
  } catch {
    if (!away.textContent) away.textContent = "The service does not answer. Trying again.";
  }
}

function pageAddress() {
  const address = new URL(location.pathname === "/handset" ? location.href : "/handset", location.origin);
  for (const side of ["left", "right"]) {
    if (heldCalls[side]) address.searchParams.set(`call_${side}`, heldCalls[side]);
    else address.searchParams.delete(`call_${side}`);
  }
  return address;
}

function takeHour(picker, fresh) { // until the person picks another
  if (!picker || !fresh || picker === document.activeElement || picker.value !== picker.defaultValue) return;
  picker.defaultValue = picker.value = fresh.defaultValue;
}

function swap(part, fresh) { // other phones stand here now
  if (!fresh || part.dataset.swap === fresh.dataset.swap) return;
  part.replaceWith(document.adoptNode(fresh));
  for (const log of fresh.querySelectorAll("[data-log]")) log.scrollTop = log.scrollHeight;
}

function takeOver(live, fresh) {
  if (fresh && live.innerHTML !== fresh.innerHTML) live.innerHTML = fresh.innerHTML;
}

function takeTexts(log, fresh) {
  if (!fresh) return;
  const list = log.querySelector("ol");
  const held = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  let arrived = 0;
  for (const item of [...fresh.querySelector("ol").children]) {
    const mine = held.get(item.dataset.key);
    held.delete(item.dataset.key);
    if (!mine) {
      item.classList.add("new");
      list.append(item);
      arrived += item.classList.contains("us") ? 1 : 0;
    } else if (!mine.matches(".call-entry")) { // a call that is over stays as it is, and as the person opened it
      const isNew = mine.classList.contains("new");
      takeOver(mine, item);
      mine.className = item.className + (isNew ? " new" : "");
    }
  }
  for (const gone of held.values()) gone.remove();
  log.querySelector("[data-empty]").hidden = list.children.length > 0;
  if (wasAtEnd) log.scrollTop = log.scrollHeight;
  if (arrived) countFresh(log.dataset.log, arrived);
}

function countFresh(side, arrived) {
  const count = document.querySelector(`[data-fresh="${side}"]`);
  if (!count || document.getElementById(`view-${side}`).checked) return;
  count.textContent = ` ${parseInt(count.textContent || "0", 10) + arrived} new`;
}

function lookSoon() {
  for (const wait of SOON_MS) setTimeout(look, wait);
}

// ---- posting: one form, one honest answer

async function post(form, fields) {
  let answer;
  try {
    // `form.action` would be a field of that name.
    answer = await fetch(form.getAttribute("action"), { method: "POST", headers: { Accept: "application/json" }, body: fields });
  } catch {
    return { error: "The service does not answer.", remedy: "See whether it still runs, then try again." };
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return { said };
  return { error: said.error || `The service answered ${answer.status}.`, remedy: said.remedy || "Try again." };
}

async function sendText(form) {
  const field = form.elements.namedItem("body");
  const error = form.querySelector(".error");
  if (form.ariaBusy === "true" || !field.value.trim()) return;
  const fields = new URLSearchParams(new FormData(form));
  form.ariaBusy = "true";
  field.readOnly = true;
  const { error: problem, remedy } = await post(form, fields);
  field.readOnly = false;
  form.ariaBusy = "false";
  error.textContent = problem ? `Not sent. ${problem} ${remedy}` : "";
  field.toggleAttribute("aria-invalid", Boolean(problem));
  if (problem) {
    field.setAttribute("aria-invalid", "true");
    field.focus();
    return;
  }
  field.value = "";
  const log = form.parentElement.querySelector("[data-log]");
  log.scrollTop = log.scrollHeight;
  await look();
  lookSoon();
}

async function sendQuietly(form, button) { // nothing but what the page then shows tells of it
  const { error: problem, remedy } = await post(form, new URLSearchParams(new FormData(form, button)));
  const error = form.querySelector(".error");
  if (error) error.textContent = problem ? `${problem} ${remedy}` : "";
  await look();
}

async function moveClock(form, button) {
  if (isMoving) return;
  const fields = new URLSearchParams(new FormData(form, button));
  const progress = document.getElementById("clock-progress");
  const error = document.getElementById("clock-error");
  const began = performance.now();
  const seconds = progress.querySelector(".seconds");
  const buttons = document.querySelectorAll("[data-clock] button");
  isMoving = true;
  error.textContent = "";
  seconds.textContent = "";
  progress.classList.add("on");
  progress.querySelector("[role=status]").textContent = "The clock is moving and stops at everything that falls due on the way.";
  for (const each of buttons) each.setAttribute("aria-disabled", "true");
  const ticking = setInterval(() => {
    seconds.textContent = `${Math.round((performance.now() - began) / 1000)} s`;
    look();
  }, 1000);
  const { error: problem, remedy } = await post(form, fields);
  clearInterval(ticking);
  await look();
  isMoving = false;
  for (const each of buttons) each.removeAttribute("aria-disabled");
  progress.classList.remove("on");
  const face = document.querySelector("[data-live=now-time]").textContent;
  progress.querySelector("[role=status]").textContent = problem ? "" : `It is ${face}.`;
  error.textContent = problem ? `${problem} ${remedy}` : "";
  lookSoon();
}

// ---- hands

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-act]")) {
    event.preventDefault();
    submitAct(form, event.submitter);
  } else if (form.matches("[data-text]")) {
    event.preventDefault();
    sendText(form);
  } else if (form.matches("[data-quiet]")) {
    event.preventDefault();
    sendQuietly(form, event.submitter);
  } else if (form.matches("[data-clock]")) {
    event.preventDefault();
    moveClock(form, event.submitter?.name ? event.submitter : undefined);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("[data-text] textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches(".tabs input")) return;
  const side = event.target.id.replace("view-", "");
  document.querySelector(`[data-fresh="${side}"]`).textContent = "";
  const log = document.querySelector(`[data-log="${side}"]`);
  log.scrollTop = log.scrollHeight;
});

document.addEventListener("keydown", (event) => {
  const chooser = document.querySelector(".chooser details[open]");
  if (event.key !== "Escape" || !chooser) return;
  chooser.open = false;
  chooser.querySelector("summary").focus();
});

for (const word of document.querySelectorAll("kbd[data-fill]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...word.childNodes);
  button.title = "Put this into the field";
  button.addEventListener("click", () => {
    document.getElementById(`view-${word.dataset.fill}`).checked = true;
    const field = document.getElementById(`body-${word.dataset.fill}`);
    field.value = button.textContent;
    field.focus();
  });
  word.append(button);
}

for (const log of document.querySelectorAll("[data-log]")) log.scrollTop = log.scrollHeight;
setInterval(() => { if (!document.hidden && !isMoving) look(); }, LOOK_AGAIN_MS);
