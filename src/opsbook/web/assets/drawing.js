// Pan and zoom for one drawing: buttons, wheel with Ctrl, two fingers, dragging, and the keys + - 0 and the arrows.
const STEP = 1.25;
const MOST = 8;

export function panZoom(figure) {
  const view = figure.querySelector(".ob-drawing__view");
  const svg = view.querySelector("svg");
  const whole = svg.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const box = { ...full };
  const pointers = new Map();
  let moved = 0;

  const show = () => {
    box.width = Math.min(full.width, Math.max(full.width / MOST, box.width));
    box.height = (box.width * full.height) / full.width;
    box.x = clamp(box.x, full.x, full.x + full.width - box.width);
    box.y = clamp(box.y, full.y, full.y + full.height - box.height);
    svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    view.classList.toggle("ob-drawing__view--zoomed", box.width < full.width);
  };
  const scale = () => box.width / svg.getBoundingClientRect().width;
  const zoom = (factor, clientX, clientY) => {
    const rect = svg.getBoundingClientRect();
    const across = clientX === undefined ? 0.5 : (clientX - rect.left) / rect.width;
    const down = clientY === undefined ? 0.5 : (clientY - rect.top) / rect.height;
    const width = Math.min(full.width, Math.max(full.width / MOST, box.width / factor));
    const height = (width * full.height) / full.width;
    box.x += (box.width - width) * across;
    box.y += (box.height - height) * down;
    box.width = width;
    show();
  };
  const pan = (dx, dy) => {
    box.x += dx;
    box.y += dy;
    show();
  };
  const showAll = () => {
    Object.assign(box, full);
    show();
  };

  const bar = document.createElement("span");
  bar.className = "ob-drawing__buttons";
  for (const [label, sign, act] of [
    ["Zoom in", "+", () => zoom(STEP)],
    ["Zoom out", "−", () => zoom(1 / STEP)],
    ["Show all", "⤢", showAll],
  ]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    bar.append(button);
  }
  figure.querySelector("figcaption").append(bar);
  view.tabIndex = 0;
  view.setAttribute("role", "group");
  view.setAttribute("aria-label", "Drawing: zoom with + and -, move with the arrow keys, 0 shows all");
  view.classList.add("ob-drawing__view--live");

  view.addEventListener("keydown", (event) => {
    const far = box.width / 10;
    const act = {
      "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), 0: showAll,
      ArrowLeft: () => pan(-far, 0), ArrowRight: () => pan(far, 0), ArrowUp: () => pan(0, -far), ArrowDown: () => pan(0, far),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") && box.width === full.width) return;
    event.preventDefault();
    act();
  });
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX, event.clientY);
  }, { passive: false });

  view.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, event);
    moved = 0;
  });
  view.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY);
      const is = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
      if (was) zoom(is / was, (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else if (box.width < full.width) {
      pan((before.clientX - event.clientX) * scale(), (before.clientY - event.clientY) * scale());
    }
    moved += Math.abs(before.clientX - event.clientX) + Math.abs(before.clientY - event.clientY);
    pointers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    view.addEventListener(end, (event) => pointers.delete(event.pointerId));
  }
  // A drag that ends on a node is not a click on it.
  view.addEventListener("click", (event) => moved > 8 && event.preventDefault(), true);
  view.addEventListener("dragstart", (event) => event.preventDefault());
}

function clamp(value, least, most) {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
