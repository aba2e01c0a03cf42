// The call panel of each phone: takes over what changed, sends keys and words, keeps the focus where the person was.
"use strict";

const heldCalls = { left: "", right: "" }; // SIDs whose panel stays after the end, until it is closed
const typedKeys = { left: "", right: "" }; // pressed, not yet sent: a call may ask for several
const lastControls = { left: "", right: "" };
const underWay = { left: Promise.resolve(), right: Promise.resolve() };

const lineOf = (side) => document.querySelector(`[data-line="${side}"]`);
const panelOf = (side) => lineOf(side)?.querySelector("[data-call]");
const sideOf = (element) => element.closest(".phone").querySelector("[data-line]").dataset.line;

// ---- taking over what the server rendered

function takeLine(line, fresh) {
  const side = line.dataset.line;
  const mine = panelOf(side);
  const theirs = fresh?.querySelector("[data-call]");
  if (!fresh || (!mine && !theirs)) return;
  if (!theirs || isPutAway(side, mine, theirs)) {
    if (mine) closePanel(side);
  } else if (mine?.dataset.call === theirs.dataset.call) {
    takePanel(side, mine, theirs);
  } else {
    const hadFocus = line.contains(document.activeElement);
    mine?.remove();
    typedKeys[side] = "";
    line.append(theirs);
    beginPanel(side, theirs);
    if (hadFocus) roomOf(theirs).focus();
  }
}

function isPutAway(side, mine, theirs) {
  if (theirs.dataset.phase !== "over") return false;
  const isFolded = mine?.dataset.call === theirs.dataset.call && !mine.open;
  return isFolded || theirs.dataset.call !== heldCalls[side];
}

function beginPanel(side, panel) {
  lastControls[side] = panel.querySelector(".controls").innerHTML;
  showSound(panel, side);
  keepOpen(side, panel);
  const lines = [...panel.querySelectorAll(".said > li")];
  say(side, lines, panel.dataset.tongue);
  toEnd(panel.querySelector(".heard"));
}

function takePanel(side, mine, theirs) {
  const hasTurned = mine.dataset.phase !== theirs.dataset.phase;
  mine.className = theirs.className;
  for (const [name, value] of Object.entries(theirs.dataset)) mine.dataset[name] = value;
  takeOver(mine.querySelector(".at"), theirs.querySelector(".at"));
  takeHeard(side, mine, theirs);
  takeControls(side, mine, theirs.querySelector(".controls").innerHTML);
  if (hasTurned) {
    mine.open = mine.open || mine.dataset.phase !== "over";
    keepOpen(side, mine);
    showSound(mine, side);
  }
}

function takeHeard(side, mine, theirs) {
  const heard = mine.querySelector(".heard");
  const list = heard.querySelector("ol");
  const arrived = [...theirs.querySelectorAll(".said > li")].slice(list.children.length);
  for (const item of arrived) item.classList.add("new");
  list.append(...arrived);
  if (!arrived.length) return;
  toEnd(heard);
  say(side, arrived, mine.dataset.tongue);
}

function takeControls(side, mine, controls) {
  if (lastControls[side] === controls) return;
  lastControls[side] = controls;
  const place = mine.querySelector(".controls");
  const had = place.contains(document.activeElement) ? document.activeElement : null;
  const again = had && (had.id ? `#${had.id}` : `[name="${had.name}"][value="${had.value}"]`);
  place.innerHTML = controls;
  typedKeys[side] = "";
  toEnd(mine.querySelector(".heard"));
  if (had) (place.querySelector(again) ?? place.querySelector("[data-close]") ?? roomOf(mine)).focus();
}

function keepOpen(side, panel) {
  if (panel.dataset.phase === "on" || panel.dataset.phase === "calling") heldCalls[side] = panel.dataset.call;
}

function closePanel(side) {
  const line = lineOf(side);
  const hadFocus = line.contains(document.activeElement);
  heldCalls[side] = "";
  panelOf(side)?.remove();
  toEnd(document.querySelector(`[data-log="${side}"]`));
  if (hadFocus) line.closest(".phone").querySelector(".dial button")?.focus();
}

const roomOf = (panel) => panel.querySelector(".room");
function toEnd(log) { log.scrollTop = log.scrollHeight; }

// ---- what the person does

function submitAct(form, button) {
  if (button?.ariaDisabled === "true") return;
  const side = sideOf(form);
  const act = button?.name === "action" ? button.value : form.elements.namedItem("action").value;
  if (act === "digits") {
    pressKey(side, button.value);
  } else if (act === "wait") {
    panelOf(side).open = false;
  } else {
    const fields = new URLSearchParams(new FormData(form, button?.name ? button : undefined));
    if (act === "silence" && typedKeys[side]) fields.set("digits", typedKeys[side]);
    if (act === "call" || act === "answer") setAudible(side, true);
    else hush(side);
    carryOut(side, form, fields);
  }
}

function pressKey(side, key) {
  const panel = panelOf(side);
  const form = panel?.querySelector("[data-keys]");
  if (!form || form.querySelector("[aria-disabled]")) return;
  const keys = typedKeys[side] + key;
  const isWhole = panel.dataset.count === String(keys.length) || panel.dataset.finish.includes(key);
  typedKeys[side] = isWhole ? "" : keys;
  panel.querySelector(".typed").textContent = typedKeys[side];
  toEnd(panel.querySelector(".heard"));
  hush(side);
  if (!isWhole) return;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("digits", keys);
  carryOut(side, form, fields);
}

function carryOut(side, form, fields) {
  underWay[side] = underWay[side].then(async () => {
    const act = fields.get("action");
    const hadFocus = form.contains(document.activeElement);
    const { error, remedy, said } = await post(form, fields);
    document.getElementById(`call-error-${side}`).textContent = error ? `${error} ${remedy}` : "";
    if (said && act !== "decline") heldCalls[side] = said.sid;
    await looking; // what was asked for before the act may show the time before it
    await look();
    const panel = panelOf(side);
    if (panel && !error && hadFocus && (act === "call" || act === "answer")) roomOf(panel).focus();
  });
}

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  const sound = event.target.closest("[data-sound]");
  if (close) {
    event.preventDefault();
    hush(sideOf(close));
    closePanel(sideOf(close));
  } else if (sound) {
    const side = sideOf(sound);
    setAudible(side, !isAudible[side]);
    showSound(panelOf(side), side);
  }
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey;
  const room = event.target.closest("[data-call] .room");
  if (!room || isTyping) return;
  const side = sideOf(room);
  if (event.key === "Backspace" && typedKeys[side]) {
    typedKeys[side] = typedKeys[side].slice(0, -1);
    room.querySelector(".typed").textContent = typedKeys[side];
  } else if (/^[0-9*#]$/.test(event.key)) {
    event.preventDefault();
    pressKey(side, event.key);
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.matches("[data-call]") && !event.target.open) toEnd(event.target.closest(".phone").querySelector("[data-log]"));
}, true);

for (const side of ["left", "right"]) {
  const panel = panelOf(side);
  if (panel?.dataset.phase === "over") heldCalls[side] = panel.dataset.call;
  if (panel) beginPanel(side, panel);
}
