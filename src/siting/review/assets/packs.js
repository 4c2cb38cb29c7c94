// Packs of numbers (see number_pack.py) and of lines (see line_pack.py) to arrays.

async function unpackBytes(pack) {
  const bytes = Uint8Array.from(atob(pack), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function unpackNumbers(pack) {
  const packed = new Uint8Array(await unpackBytes(pack));
  const numbers = new Int32Array(packed.length);
  let count = 0, at = 0;
  while (at < packed.length) {
    let byte = packed[at++], value = byte & 127, scale = 128;
    while (byte & 128) {
      byte = packed[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    }
    numbers[count++] = value % 2 ? -(value + 1) / 2 : value / 2;
  }
  return numbers.subarray(0, count);
}

function sums(differences) {
  const values = new Int32Array(differences.length);
  for (let i = 0, sum = 0; i < values.length; i += 1) values[i] = sum += differences[i];
  return values;
}

async function unpack(pack) {
  const numbers = await unpackNumbers(pack);
  const [features, lines, points] = numbers;
  const ends = [3, features, lines, points, points];
  for (let i = 1; i < ends.length; i += 1) ends[i] += ends[i - 1];
  return {
    linesOf: numbers.subarray(ends[0], ends[1]), pointsOf: numbers.subarray(ends[1], ends[2]),
    x: sums(numbers.subarray(ends[2], ends[3])), y: sums(numbers.subarray(ends[3], ends[4])),
  };
}

// The rings of each feature, as [[x, y], ...] arrays.
function ringsOf({ linesOf, pointsOf, x, y }) {
  let line = 0, point = 0;
  return Array.from(linesOf, (count) => Array.from({ length: count }, () => {
    const length = pointsOf[line++];
    return Array.from({ length }, () => [x[point], y[point++]]);
  }));
}

// Whether a point lies inside an odd number of rings.
function isInside(rings, [px, py]) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
      if (yi > py !== yj > py && px < (xj - xi) * (py - yi) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
