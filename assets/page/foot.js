// Under the cards: who has none, old arrays, and the sum of all objects.

function inlineTile(object, look) {
  const tile = element("span", "tile inline " + look, "#" + object);
  tile.dataset.object = object;
  tile.classList.toggle("followed", object === follows.object);
  return tile;
}

const awayTitles = ["", "lockedOut", "withoutP", "asleep", "ended"];
const awayIndexes = indexesOf(What.away);
const oldArrays = indexesOf(What.oldArray);
const mostNamed = 40;

function drawGroup(why) {
  const gs = awayIndexes.filter((g) => value(What.away, g) === why);
  if (!gs.length) return [];
  const group = element("span", "group away-" + why);
  group.append(element("span", "title", label(awayTitles[why])));
  for (const g of gs.slice(0, mostNamed)) {
    if (awayTitles[why] !== "ended") {
      const who = badge(g, false);
      who.dataset.g = g;
      group.append(who);
    }
    group.append(...objectsAt(Kind.flight, g).map((object) => inlineTile(object, "flight")));
    group.append(...objectsAt(Kind.hand, g).slice(-mostNamed)
      .map((object) => inlineTile(object, "hand")));
  }
  if (gs.length > mostNamed) group.append(element("span", "title", "+" + count(gs.length - mostNamed)));
  return [group];
}

function drawOldArray(array) {
  const said = value(What.oldArray, array);
  if (!said) return [];
  const objects = [];
  data.places.forEach(([kind, pool, of], i) => {
    const here = kind <= Kind.orphans && pool === stage.pool && of === array;
    if (here) objects.push(...(state.lists[i + 1] ?? []));
  });
  const group = element("span", "group old");
  group.append(element("span", "title", text(said)));
  // What was put into it late stands in two lists.
  group.append(...[...new Set(objects)].map((object) => inlineTile(object, "stale")));
  return [group];
}

function drawFoot() {
  const groups = [1, 2, 3, 4].flatMap(drawGroup).concat(oldArrays.flatMap(drawOldArray));
  const outside = objectsAt(Kind.outside);
  if (outside.length) {
    const group = element("span", "group");
    group.append(element("span", "title", label("ended")));
    group.append(...outside.slice(-mostNamed).map((object) => inlineTile(object, "hand")));
    groups.push(group);
  }
  if (!groups.length) groups.push(element("span", "title", label("nobody")));
  byId("foot").replaceChildren(...groups);
}

// --- where did they go?

const sumParts = ["inUse", "inFlight", "pooled", "dropped"];

function drawSum() {
  const box = byId("sum");
  const diverged = value(What.divergences);
  const parts = sumParts.map((name, i) => {
    const n = value(What[name]);
    const part = element("span", "sum-part " + name + (n ? "" : " none"));
    part.append(element("span", "sign", i ? "+" : "="), element("span", "dot"),
                filled(label(name), n ? count(n) : label("none")));
    return part;
  });
  const again = value(What.again);
  if (again) parts.push(element("span", "sum-part", filled(label("again"), count(again))));
  const bar = element("span", "bar");
  const whole = sumParts.reduce((sum, name) => sum + value(What[name]), 0);
  for (const name of sumParts) {
    const share = element("span", name);
    share.style.width = (whole ? (100 * value(What[name])) / whole : 0) + "%";
    bar.append(share);
  }
  box.className = diverged ? "diverged" : "";
  box.replaceChildren(element("strong", "", filled(label("created"), count(value(What.created)))),
    ...parts,
    diverged ? element("strong", "", filled(label("diverged"), count(diverged))) : bar);
}
