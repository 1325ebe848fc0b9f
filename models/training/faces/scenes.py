# SPDX-License-Identifier: GPL-3.0-or-later
"""A tile of training: pieces of labelled pictures on pieces of pictures without people, as a doorbell would show them."""
import os
import sys

import cv2
import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "plates"))
import render  # noqa: E402

SIDE = 256
SMALLEST, LARGEST = 10, 118  # width of a face in a tile
SHARES = {"caltech": 0.33, "portraits": 0.37, "cmu": 0.18, "coco": 0.12}


class Sources:
    def __init__(self, folder, labels):
        self.faces = {name: [] for name in SHARES}
        self.empty = []
        labelled = {}
        for line in open(labels, encoding="utf-8"):
            if line.startswith("#") or not line.strip():
                continue
            fields = line.split()
            labelled.setdefault(fields[0], []).extend([[float(value) for value in fields[1:6]]] if len(fields) > 1 else [])
        for name, boxes in labelled.items():
            picture = cv2.imread(os.path.join(folder, name))
            if picture is None:
                print("not there, left out:", name)
                continue
            kind = name.split("/")[0]
            if any(not box[4] for box in boxes):
                self.faces[kind].append((picture, np.array(boxes, np.float32).reshape(-1, 5)))
            elif not boxes:
                self.empty.append(picture)
        self.empty_rgb = [picture[..., ::-1] for picture in self.empty]

    def portrait(self, rng):
        names = list(SHARES)
        kind = names[rng.choice(len(names), p=list(SHARES.values()))]
        return kind, self.faces[kind][int(rng.integers(len(self.faces[kind])))]


def toned(picture, rng):
    """Other light, other colours."""
    values = picture.astype(np.float32)
    if rng.random() < 0.5:
        values *= rng.uniform(0.75, 1.25, 3).astype(np.float32)
    values = (values - 128) * rng.uniform(0.6, 1.3) + 128 + rng.uniform(-35, 35)
    values = 255 * np.clip(values / 255, 0, 1) ** np.exp(rng.normal(0, 0.35))
    if rng.random() < 0.2:
        values[:] = values.mean(2, keepdims=True)
    return values.astype(np.uint8)


def cut_out(picture, boxes, main, width, rng, around):
    """A piece about the box `main`, turned, squeezed, scaled so that the face is `width` wide; with what boxes lie in it."""
    x, y, box_width, box_height, _ = boxes[main]
    scale = width / box_width
    turn = float(rng.normal(0, 11) if rng.random() < 0.8 else rng.uniform(-30, 30))
    squeeze = np.exp(rng.normal(0, 0.07))  # towards the rim of a wide lens
    flip = rng.random() < 0.5
    size = np.array([width * around[0], width * around[1]])
    size = np.maximum(8, np.minimum(size, SIDE * 1.2)).astype(int)
    centre = np.array([x + box_width / 2, y + box_height / 2])
    radians = np.deg2rad(turn)
    matrix = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]]) * scale
    matrix = np.diag([-squeeze if flip else squeeze, 1 / squeeze]) @ matrix
    target = size * np.array([rng.uniform(0.4, 0.6), rng.uniform(0.35, 0.5)])
    move = target - matrix @ centre
    source = picture
    if scale < 0.5:  # no aliasing
        factor = max(scale * 1.5, 0.02)
        source = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        matrix_source = matrix / factor
    else:
        matrix_source = matrix
    matrix_source = np.hstack([matrix_source, move[:, None]]).astype(np.float32)
    target_size = tuple(int(v) for v in size)
    piece = cv2.warpAffine(source, matrix_source, target_size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.warpAffine(np.ones(source.shape[:2], np.float32), matrix_source, target_size)
    found = []
    for bx, by, bw, bh, ignored in boxes:
        cx, cy = matrix @ np.array([bx + bw / 2, by + bh / 2]) + move
        w, h = bw * scale * squeeze, bh * scale / squeeze
        found.append([cx - w / 2, cy - h / 2, w, h, ignored])
    return piece, found, there


def worn(piece, box, rng):
    """Masks, caps, scarves, sunglasses, hands."""
    x, y, w, h, _ = box
    colour = tuple(int(v) for v in (rng.uniform(0, 255, 3) if rng.random() < 0.6 else np.full(3, rng.uniform(10, 245))))
    way = rng.random()
    if way < 0.4:  # mask
        points = np.array([[x - 0.02 * w, y + 0.5 * h], [x + w / 2, y + rng.uniform(0.42, 0.52) * h], [x + 1.02 * w, y + 0.5 * h],
                           [x + 0.9 * w, y + 0.85 * h], [x + w / 2, y + 1.05 * h], [x + 0.1 * w, y + 0.85 * h]])
    elif way < 0.65:  # cap
        points = np.array([[x - 0.1 * w, y + 0.18 * h], [x + 0.05 * w, y - 0.2 * h], [x + w / 2, y - 0.32 * h], [x + 0.95 * w, y - 0.2 * h],
                           [x + 1.1 * w, y + rng.uniform(0.12, 0.28) * h]])
    elif way < 0.8:  # sunglasses
        points = np.array([[x, y + 0.25 * h], [x + w, y + 0.25 * h], [x + 0.9 * w, y + 0.45 * h], [x + 0.6 * w, y + 0.45 * h], [x + w / 2, y + 0.32 * h],
                           [x + 0.4 * w, y + 0.45 * h], [x + 0.1 * w, y + 0.45 * h]])
        colour = (25, 22, 20)
    else:  # a hand or a thing held before it
        middle = np.array([x + rng.uniform(0, 1) * w, y + rng.uniform(0.6, 1.1) * h])
        angles = np.sort(rng.uniform(0, 2 * np.pi, 8))
        points = middle + np.stack([np.cos(angles), np.sin(angles)], 1) * rng.uniform(0.15, 0.4, (8, 1)) * w
        if rng.random() < 0.6:
            skin = piece[int(np.clip(y + 0.55 * h, 0, piece.shape[0] - 1)), int(np.clip(x + 0.5 * w, 0, piece.shape[1] - 1))]
            colour = tuple(int(v) for v in skin)
    cv2.fillPoly(piece, [(points * 16).astype(np.int32)], colour, cv2.LINE_AA, 4)


def put(tile, piece, place, soft, there=None):
    """Onto the tile with hard or soft, straight or round edges."""
    height, width = piece.shape[:2]
    mask = np.zeros((height, width), np.float32)
    if soft:
        cv2.ellipse(mask, (width // 2, height // 2), (max(1, int(width * 0.44)), max(1, int(height * 0.46))), 0, 0, 360, 1.0, -1)
        mask = cv2.blur(mask, (max(3, width // 8), max(3, height // 8)))
    else:
        mask[:] = 1
    if there is not None:
        mask *= there
    left, top = max(0, place[0]), max(0, place[1])
    right, bottom = min(SIDE, place[0] + width), min(SIDE, place[1] + height)
    if right <= left or bottom <= top:
        return
    part = mask[top - place[1]:bottom - place[1], left - place[0]:right - place[0], None]
    over = piece[top - place[1]:bottom - place[1], left - place[0]:right - place[0]].astype(np.float32)
    under = tile[top:bottom, left:right].astype(np.float32)
    tile[top:bottom, left:right] = (over * part + under * (1 - part)).astype(np.uint8)


def backdrop(sources, rng):
    if rng.random() < 0.2:  # vehicles, lamps, badges, plates
        tile, _ = render.scene(int(rng.integers(1 << 31)), sources.empty_rgb)
        return np.ascontiguousarray(tile[..., ::-1])
    picture = sources.empty[int(rng.integers(len(sources.empty)))]
    scale = np.exp(rng.uniform(np.log(0.25), np.log(1.6)))
    side = int(np.clip(SIDE / scale, 32, min(picture.shape[:2])))
    x, y = rng.integers(0, picture.shape[1] - side + 1), rng.integers(0, picture.shape[0] - side + 1)
    piece = cv2.resize(picture[y:y + side, x:x + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        piece = piece[:, ::-1]
    return np.ascontiguousarray(toned(piece, rng))


def body_part(sources, rng):
    """Clothes, hands, hair, rooms: what lies beside the faces of a picture, and none of them."""
    _, (picture, boxes) = sources.portrait(rng)
    for _ in range(6):
        side = int(rng.uniform(0.15, 0.6) * min(picture.shape[:2]))
        x, y = rng.integers(0, picture.shape[1] - side + 1), rng.integers(0, picture.shape[0] - side + 1)
        free = all(x + side < bx or x > bx + bw or y + side < by + 0.05 * bh or y > by + 0.97 * bh for bx, by, bw, bh, _ in boxes)
        if side >= 12 and free:
            size = int(np.exp(rng.uniform(np.log(24), np.log(150))))
            return toned(cv2.resize(picture[y:y + side, x:x + side], (size, size), interpolation=cv2.INTER_AREA), rng)
    return None


def round_thing(rng):
    """Lamps, wheels, road signs, characters, logos: as round as heads."""
    side = int(np.exp(rng.uniform(np.log(14), np.log(110))))
    large = 96
    piece = np.full((large, large, 3), rng.uniform(0, 255, 3), np.uint8)
    dark, light, other = rng.uniform(0, 110, 3), rng.uniform(120, 255, 3), rng.uniform(0, 255, 3)
    if rng.random() < 0.5:
        dark, light = light, dark
    middle = (48 + int(rng.integers(-4, 5)), 48 + int(rng.integers(-4, 5)))
    axes = (int(rng.integers(30, 44)), int(rng.integers(30, 46)))
    way = rng.random()
    if way < 0.75:
        cv2.ellipse(piece, middle, axes, 0, 0, 360, dark.tolist(), -1, cv2.LINE_AA)
        cv2.ellipse(piece, middle, tuple(int(axis * rng.uniform(0.6, 0.93)) for axis in axes), 0, 0, 360, light.tolist(), -1, cv2.LINE_AA)
    if way < 0.3:  # spokes of a wheel
        begin, count = rng.uniform(0, 360), int(rng.integers(3, 11))
        for spoke in range(count):
            angle = np.deg2rad(begin + 360 * spoke / count)
            end = (int(middle[0] + axes[0] * 0.75 * np.cos(angle)), int(middle[1] + axes[1] * 0.75 * np.sin(angle)))
            cv2.line(piece, middle, end, dark.tolist(), int(rng.integers(2, 9)), cv2.LINE_AA)
    elif way < 0.5:  # lights of a lamp
        for _ in range(int(rng.integers(0, 12))):
            spot = tuple(int(v) for v in np.array(middle) + rng.normal(0, 12, 2))
            cv2.circle(piece, spot, int(rng.integers(2, 8)), other.tolist(), -1, cv2.LINE_AA)
    elif way < 0.62:  # arrows and bars of signs
        for _ in range(int(rng.integers(1, 4))):
            ends = [tuple(int(v) for v in np.array(middle) + rng.normal(0, 15, 2)) for _ in range(2)]
            cv2.line(piece, ends[0], ends[1], dark.tolist(), int(rng.integers(4, 14)), cv2.LINE_AA)
    else:  # a character or two
        text = "".join(chr(int(rng.choice(list(range(48, 58)) + list(range(65, 91)) + list(range(97, 123))))) for _ in range(int(rng.integers(1, 3))))
        cv2.putText(piece, text, (int(rng.integers(5, 35)), int(rng.integers(58, 85))), int(rng.choice([0, 2, 3, 4])), rng.uniform(1.2, 3.4), dark.tolist(),
                    int(rng.integers(3, 14)), cv2.LINE_AA)
    piece = cv2.GaussianBlur(piece, (0, 0), rng.uniform(0.5, 4))
    return cv2.resize(piece, (side, side), interpolation=cv2.INTER_AREA)


def camera(tile, rng):
    """Light from behind, infrared, low gain, grain, defocus, movement."""
    values = tile.astype(np.float32)
    if rng.random() < 0.15:  # backlight: a bright patch with a halo, all else dark
        y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        middle = rng.uniform(0, SIDE, 2)
        halo = np.exp(-((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / (2 * rng.uniform(40, 120) ** 2))[..., None]
        values = values * rng.uniform(0.25, 0.7) + 230 * halo * rng.uniform(0.3, 1.0)
    infrared = rng.random() < 0.27
    if infrared:
        grey = values @ np.array([0.15, 0.35, 0.5], np.float32)
        values = np.repeat((grey * rng.uniform(0.25, 1.0) + rng.uniform(0, 30))[..., None], 3, 2)
    elif rng.random() < 0.2:
        values = values * rng.uniform(0.2, 0.7)
    if rng.random() < 0.25:
        values = cv2.GaussianBlur(values, (0, 0), rng.uniform(0.5, 1.8))
    if rng.random() < 0.12:
        length = int(rng.integers(3, 10))
        kernel = np.zeros((length, length), np.float32)
        if rng.random() < 0.7:
            kernel[length // 2] = 1 / length
        else:
            np.fill_diagonal(kernel, 1 / length)
        values = cv2.filter2D(values, -1, kernel)
    if rng.random() < (0.8 if infrared else 0.3):
        grain = rng.normal(0, rng.uniform(2, 14 if infrared else 9), (SIDE, SIDE, 1 if infrared else 3)).astype(np.float32)
        values = values + grain
    return np.clip(values, 0, 255).astype(np.uint8)


def overlap(first, second):
    width = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    height = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    return max(0, width) * max(0, height)


def scene(seed, sources):
    """A tile in BGR and its boxes (x, y, width, height, ignored)."""
    rng = np.random.default_rng(seed)
    tile = backdrop(sources, rng)
    found = []
    for _ in range(int(rng.integers(0, 5))):
        piece = body_part(sources, rng)
        if piece is not None:
            put(tile, piece, (int(rng.integers(-40, SIDE - 20)), int(rng.integers(-40, SIDE - 20))), rng.random() < 0.4)
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(1, 6))):
            put(tile, round_thing(rng), (int(rng.integers(-20, SIDE - 20)), int(rng.integers(-20, SIDE - 20))), rng.random() < 0.3)
    if rng.random() < 0.08:
        return camera(tile, rng), found
    largest = LARGEST if rng.random() < 0.5 else 45
    for _ in range(int(rng.integers(1, 4)) if largest == LARGEST else int(rng.integers(3, 9))):
        kind, (picture, boxes) = sources.portrait(rng)
        width = float(np.exp(rng.uniform(np.log(SMALLEST), np.log(largest))))
        plain = np.flatnonzero(boxes[:, 4] == 0)
        main = int(plain[rng.integers(len(plain))])
        width = min(width, boxes[main][2] * (1.8 if kind == "cmu" else 1.4))
        if width < SMALLEST:
            continue
        soft = kind != "coco" and rng.random() < 0.5
        around = (rng.uniform(1.7, 3.2), rng.uniform(1.9, 3.4)) if soft else (rng.uniform(1.4, 5), rng.uniform(1.6, 5))
        piece, inner, there = cut_out(picture, boxes, main, width, rng, around)
        if kind != "cmu" or rng.random() < 0.5:
            piece = toned(piece, rng)
        if rng.random() < 0.3 and width >= 14:
            worn(piece, inner[main], rng)
        place = (int(rng.integers(-int(0.3 * piece.shape[1]), max(1, SIDE - int(0.7 * piece.shape[1])))),
                 int(rng.integers(-int(0.3 * piece.shape[0]), max(1, SIDE - int(0.7 * piece.shape[0])))))
        area = (place[0], place[1], piece.shape[1], piece.shape[0])
        if any(overlap(area, old) > 0 for old in found):
            continue
        put(tile, piece, place, soft, there)
        for index, (x, y, w, h, ignored) in enumerate(inner):
            box = [x + place[0], y + place[1], w, h, ignored]
            seen = overlap(box, area) / max(1e-3, w * h)
            if seen <= 0:
                continue
            if seen < 0.7 or (soft and index != main) or w < SMALLEST * 0.85:
                box[4] = 1
            found.append(box)
    return camera(tile, rng), found
