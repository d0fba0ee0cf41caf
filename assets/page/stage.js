// The stage: the cards where the program's own layout puts them, and a tile for each object in its
// slot. Tiles keep their element from row to row, so that an object is seen to go from one place to
// another.

const stage = { pool: 0, width: null, cards: [], tiles: new Map(), gcs: 0, row: -1 };

function put(made, [x, y, w, h]) {
  made.style.left = x + "px";
  made.style.top = y + "px";
  made.style.width = w + "px";
  made.style.height = h + "px";
  return made;
}

// --- the cards, whenever they are laid out anew

function partOf(box, rect, classes, said = "") {
  if (!rect) return null;
  const made = put(element("div", "part " + classes, said), rect);
  box.append(made);
  return made;
}

// The first of the texts that has room in the part, else the last.
function sayWhatFits(part, texts) {
  for (const said of texts) {
    part.textContent = said;
    if (part.scrollWidth <= part.clientWidth && part.scrollHeight <= part.clientHeight) return;
  }
}

// The tray without its part of the victim, which is there though there is no local.
function localPart(at) {
  const [x, y, w, h] = at.tray;
  if (!at.victim || !at.private) return at.tray;
  const below = at.victim[1] >= at.private[1] + at.private[3];
  return below ? [x, y, w, at.victim[1] - y] : [x, y, at.victim[0] - x - 4, h];
}

// Go's own words are the same in every language.
function makeCard(box, at) {
  const card = { at };
  card.frame = partOf(box, at.frame, at.live ? "card" : "card dead");
  if (at.tray) {
    partOf(box, at.tray, "tray");
    card.noLocal = partOf(box, localPart(at), "no-local");
    sayWhatFits(card.noLocal, ["noLocal", "noLocalShort"].map((name) => filled(label(name), at.index)));
  }
  const name = "P" + at.index;
  if (at.name && at.badge && at.name[1] < at.badge[1] + at.badge[3] && at.badge[1] < at.name[1] + at.name[3]) {
    // On one line: a long name moves the badge.
    const head = partOf(box, [at.name[0], at.badge[1], at.badge[0] - at.name[0] + at.badge[2], at.badge[3]], "badge-room");
    card.badge = element("span", "badge-room");
    head.append(element("span", "p-name", name), card.badge);
  } else {
    partOf(box, at.name, "p-name", name);
    card.badge = partOf(box, at.badge, "badge-room");
  }
  card.status = partOf(box, at.status, "status");
  card.gets = partOf(box, at.gets, "gets");
  card.handLabel = partOf(box, at.handLabel, "small", label("inHand"));
  partOf(box, at.privateLabel, "small", "private");
  card.slot = partOf(box, at.private, "slot private");
  card.lock = partOf(box, at.lock, "lock");
  partOf(box, at.sharedLabel, "small", "shared");
  card.slots = (at.shared ?? []).map((slot) => partOf(box, slot, "slot shared"));
  card.ends = partOf(box, at.ends, "ends");
  if (card.ends && at.live) {
    sayWhatFits(card.ends, (at.victim ? ["endsModern", "endsShort"] : ["endsClassic"]).map(label));
  }
  partOf(box, at.victimLabel, "victim-label", "victim");
  card.victimSlot = partOf(box, at.victimPrivate, "slot victim");
  return card;
}

function makeCell(box, at) {
  const frame = partOf(box, at.frame, at.live ? "cell" : "cell dead");
  const card = { at, frame, cell: element("div", "cell-what") };
  frame.append(element("div", "cell-name", "P" + at.index), card.cell);
  return card;
}

function layOut() {
  const box = byId("stage");
  const room = byId("stage-box").clientWidth;
  const shape = data.stages[value(What.shape, stage.pool) - 1];
  if (!shape) return;
  const wanted = shape.find((at) => at.w <= room) ?? shape[shape.length - 1];
  const scale = Math.min(1.5, room / wanted.w);
  box.style.transform = `scale(${scale})`;
  box.style.width = wanted.w + "px";
  box.style.height = wanted.h + "px";
  byId("stage-box").style.height = wanted.h * scale + "px";
  box.style.left = Math.max(0, (room - wanted.w * scale) / 2) + "px";
  const said = [stage.pool, language].join();
  if (stage.width === wanted && stage.said === said) return;
  stage.width = wanted;
  stage.said = said;
  const layer = element("div", "layer");
  layer.style.top = -wanted.top + "px";
  box.replaceChildren(layer);
  stage.cards = wanted.cards.map((at) => (wanted.compact ? makeCell : makeCard)(layer, at));
  if (wanted.divider) partOf(layer, wanted.divider, "divider", label("noP"));
  stage.layer = layer;
  stage.tiles.clear();
}

// --- what they say after a row

function badge(g, runs) {
  return element("span", runs ? "badge runs" : "badge", "G" + g);
}

function drawGets(box, p) {
  const counts = Array.from({ length: outcomes }, (_, i) => value(What.gets, p * outcomes + i));
  const sum = counts.reduce((a, b) => a + b, 0);
  box.title = counts.map((n, i) => n && `${label("gets" + i)} ${count(n)}`).filter(Boolean).join(", ");
  box.replaceChildren(...counts.flatMap((n, i) => {
    if (!n) return [];
    const share = element("span", "share gets-" + i);
    share.style.width = (100 * n) / sum + "%";
    return [share];
  }));
}

function drawCard(card) {
  const { at } = card;
  const seat = value(What.seat, at.index);
  const g = seat ? Math.floor(seat / 2) - 1 : null;
  const [does, said, pinned] = data.activities[value(What.activity, at.index) - 1] ?? [0, 0, 0];
  const local = value(What.local, stage.pool);
  const hasLocal = at.index < value(What.slots, stage.pool);
  const [contended, held] = data.locks[value(What.lock, placeIndex(local, at.index)) - 1] ?? [0, 0];
  card.frame.classList.toggle("told", g !== null && g === toldG());
  card.frame.classList.toggle("contended", contended === 1);
  card.frame.classList.toggle("unlit", follows.g !== null && follows.g !== g);
  if (card.badge) {
    const what = g === null ? element("span", "badge", label("idle")) : badge(g, seat % 2 === 1);
    card.badge.replaceChildren(what);
    if (pinned) card.badge.append(element("span", "pinned", "⊥ " + label("pinned")));
    if (g !== null) what.dataset.g = g;
  }
  if (card.status) {
    card.status.textContent = at.live ? text(said) : "";
    card.status.className = "part status does-" + does;
  }
  if (card.gets) drawGets(card.gets, at.index);
  if (card.handLabel) card.handLabel.hidden = g === null || !objectsAt(Kind.hand, g).length;
  if (card.noLocal) card.noLocal.hidden = hasLocal;
  for (const part of [card.slot, card.lock, card.ends]) if (part) part.hidden = !hasLocal;
  if (card.lock) {
    // Of a long chain the dequeues nearest to the head are seen.
    const chain = text(value(What.chain, placeIndex(local, at.index))).split(" ").filter(Boolean);
    card.lock.replaceChildren(...(held ? [text(held)] : chain.reverse().map((d) => element("span", "dequeue", d))));
    card.lock.className = "part lock" + (held ? (contended ? " contended" : " held") : "");
  }
  const shared = objectsAt(Kind.shared, stage.pool, local, at.index).length;
  if (card.ends && !at.live) {
    // What may still become of the objects at a place that no P runs.
    const inPrivate = objectsAt(Kind.private, stage.pool, local, at.index).length;
    card.ends.textContent = [inPrivate && label("stranded"), shared && label("stealable")].filter(Boolean).join(" · ");
  }
  card.slots?.forEach((slot, i) => { slot.hidden = !hasLocal || i >= shared + 2; });
  if (card.victimSlot) {
    card.victimSlot.hidden = at.index >= value(What.victimSlots, stage.pool);
  }
  if (card.cell) drawCell(card, seat, local);
}

function drawCell(card, seat, local) {
  const { index } = card.at;
  const held = objectsAt(Kind.private, stage.pool, local, index).length;
  const shared = objectsAt(Kind.shared, stage.pool, local, index).length;
  card.frame.classList.toggle("runs", seat % 2 === 1);
  card.cell.replaceChildren(
    element("span", held ? "mark private full" : "mark private"),
    element("span", shared ? "few" : "few none", "x" + shared));
}

// --- the objects

// Each tile to be drawn, as [key, slot, look, text, object].
function tilesOf(card) {
  const { at } = card;
  const tiles = [];
  const one = (slot, look, object) => {
    if (slot) tiles.push([object, slot, look, "#" + object, object]);
  };
  // More than there is room for: the first slot sums up the oldest.
  const row = (slots, look, objects) => {
    if (!slots?.length) return;
    const most = slots.length;
    const over = objects.length > most ? objects.length - most + 1 : 0;
    if (over) tiles.push([look + at.index, slots[0], "sum", "+" + count(over), null]);
    objects.slice(over).forEach((object, i) => one(slots[i + (over ? 1 : 0)], look, object));
  };
  const placed = (array, privateSlot, slots, looks) => {
    objectsAt(Kind.private, stage.pool, array, at.index)
      .forEach((object) => one(privateSlot, looks[0], object));
    row(slots, looks[1], objectsAt(Kind.shared, stage.pool, array, at.index));
  };
  placed(value(What.local, stage.pool), at.private, at.shared, ["private", "shared"]);
  placed(value(What.victim, stage.pool), at.victimPrivate, at.victimShared, ["victim", "victim"]);
  const seat = value(What.seat, at.index);
  if (!seat || !at.hand) return tiles;
  const g = Math.floor(seat / 2) - 1;
  const [does] = data.activities[value(What.activity, at.index) - 1] ?? [0];
  objectsAt(Kind.flight, g).forEach((object) => one(at.hand[0], "flight does-" + does, object));
  // The newest nearest; those for which there is no room are summed up in the last slot.
  const held = objectsAt(Kind.hand, g).slice().reverse();
  const slots = at.hand.length > 1 ? at.hand.slice(1) : at.hand;
  const shown = held.length > slots.length ? slots.length - 1 : held.length;
  held.slice(0, shown).forEach((object, i) => one(slots[i], "hand", object));
  if (shown < held.length) {
    tiles.push(["hand" + at.index, slots[shown], "sum", "+" + count(held.length - shown), null]);
  }
  return tiles;
}

function drawTiles() {
  const seen = new Set();
  for (const card of stage.cards) {
    for (const [key, slot, look, said, object] of tilesOf(card)) {
      // What is in two places has a tile in each.
      let id = String(key);
      while (seen.has(id)) id += "'";
      seen.add(id);
      let tile = stage.tiles.get(id);
      if (!tile) {
        tile = element("div", "tile", said);
        stage.tiles.set(id, tile);
        stage.layer.append(tile);
      }
      tile.textContent = said;
      tile.className = "tile " + look;
      if (object !== null) tile.dataset.object = object;
      tile.classList.toggle("followed", object !== null && object === follows.object);
      tile.style.width = slot[2] + "px";
      tile.style.height = slot[3] + "px";
      tile.style.transform = `translate(${slot[0]}px, ${slot[1]}px)`;
    }
  }
  for (const [id, tile] of stage.tiles) {
    if (seen.has(id)) continue;
    tile.remove();
    stage.tiles.delete(id);
  }
}

// It lies over the stage while a GC has stopped the world, and falls once where a GC is passed.
function drawCurtain(moves) {
  const curtain = byId("curtain");
  const gc = value(What.gc);
  const stands = gc % 2 === 1;
  const passed = moves && !stands && Math.floor(gc / 2) > stage.gcs;
  stage.gcs = Math.floor(gc / 2);
  curtain.firstChild.textContent = text(value(What.gcText));
  if (stands) curtain.className = "";
  if (passed) {
    curtain.className = "";
    curtain.getBoundingClientRect();  // so that it falls anew
    curtain.className = "falls";
  }
  const elsewhere = stage.row !== state.row && !moves;
  stage.row = state.row;
  if (stands || passed) curtain.hidden = false;
  else if (elsewhere || curtain.className === "") curtain.hidden = true;
}

function drawStage(moves) {
  layOut();
  drawCurtain(moves);
  stage.cards.forEach(drawCard);
  if (!stage.width?.compact) drawTiles();
}
