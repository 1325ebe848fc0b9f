# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws pictures of vehicles' plates, as a doorbell camera would see them, and of what is taken for one.

A scene is a square tile with the boxes of its plates: x, y, width, height in pixels (the quadrilateral's bounds), and 1
where nobody could read it, which counts neither way.
"""
import glob
import string

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from countries import KINDS

SIDE = 256
LEAST_CONTRAST = 14

# Debian: fonts-dejavu, fonts-liberation, fonts-freefont-ttf, fonts-lato, fonts-open-sans, fonts-roboto-unhinted,
# fonts-croscore, fonts-noto-cjk
PLATE_FONTS = ["dejavu/DejaVuSansCondensed-Bold", "dejavu/DejaVuSansCondensed", "dejavu/DejaVuSansMono-Bold", "dejavu/DejaVuSans-Bold",
               "liberation/LiberationSansNarrow-Bold", "liberation/LiberationSans-Bold", "liberation/LiberationSans-Regular",
               "liberation/LiberationMono-Bold", "freefont/FreeSansBold", "freefont/FreeSans", "freefont/FreeMonoBold",
               "roboto/unhinted/RobotoCondensed-Bold", "roboto/unhinted/RobotoCondensed-Regular",
               "open-sans/OpenSans-CondBold", "open-sans/OpenSans-Semibold", "lato/Lato-Bold", "lato/Lato-Medium"]
CJK_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
CJK = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣品川横浜練馬神戸大阪"
KANA = "あいうえかきくけこさすせそたちつてとなにぬね"
_fonts = {}


def font_path(name):
    found = glob.glob(f"/usr/share/fonts/**/{name}.[to]tf", recursive=True)
    return found[0] if found else None


PLATE_PATHS = [path for path in map(font_path, PLATE_FONTS) if path]
SIGN_PATHS = sorted(path for pattern in ("dejavu", "liberation", "freefont", "lato", "croscore")
                    for path in glob.glob(f"/usr/share/fonts/truetype/{pattern}/*.ttf") if "Math" not in path)


def font(path, size):
    size = max(8, size // 4 * 4)
    key = (path, size)
    if key not in _fonts:
        if len(_fonts) > 3000:
            _fonts.clear()
        _fonts[key] = ImageFont.truetype(path, size)
    return _fonts[key]


class Draw:
    """Random choices of one scene."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def chance(self, probability):
        return self.rng.random() < probability

    def between(self, low, high):
        return float(self.rng.uniform(low, high))

    def whole(self, low, high):
        return int(self.rng.integers(low, high + 1))

    def pick(self, values):
        return values[int(self.rng.integers(len(values)))]

    def log_between(self, low, high):
        return float(np.exp(self.rng.uniform(np.log(low), np.log(high))))

    def colour(self, low=0, high=255):
        base = self.between(low, high)
        return tuple(int(np.clip(base + self.rng.normal(0, 25), 0, 255)) for _ in range(3))

    def text(self, pattern):
        def one(mark):
            if mark == "L":
                return self.pick(string.ascii_uppercase)
            if mark == "D":
                return self.pick(string.digits)
            return self.pick(CJK) if mark in "漢字" else self.pick(KANA) if mark == "あ" else mark
        return "".join(one(mark) for mark in pattern)


def fitted_text(draw, text, box, path, fill, stretch=True):
    """Text that fills a box, its characters squeezed or widened as on plates."""
    x, y, width, height = box
    if any(ord(mark) > 0x2000 for mark in text):
        path = CJK_FONT
    face = font(path, max(8, int(height * 1.35)))
    left, top, right, bottom = face.getbbox(text)
    if right <= left or bottom <= top or width < 2 or height < 2:
        return None
    ink = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(ink).text((-left, -top), text, font=face, fill=255)
    new_width = width if stretch else min(width, int((right - left) * height / (bottom - top)))
    ink = ink.resize((max(1, int(new_width)), max(1, int(height))), Image.BILINEAR)
    draw.paste(fill, (int(x + (width - new_width) / 2), int(y)), ink)
    return ink


WEIGHTS = np.array([kind.weight for kind in KINDS]) / sum(kind.weight for kind in KINDS)


def plate(d, height=72):
    """One plate from the front, RGBA."""
    kind = KINDS[int(d.rng.choice(len(KINDS), p=WEIGHTS))]
    width = int(height * kind.width / kind.height * d.between(0.94, 1.06))
    ground = tuple(int(np.clip(value + d.rng.normal(0, 8), 0, 255)) for value in kind.ground)
    ink = kind.ink
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    radius = int(height * d.between(0.0, 0.12))
    if d.chance(0.35):  # a holder around the plate
        rim = d.colour(0, 90)
    else:
        rim = ground
    pen.rounded_rectangle((0, 0, width - 1, height - 1), radius, fill=rim + (255,))
    edge = int(height * d.between(0.0, 0.06))
    pen.rounded_rectangle((edge, edge, width - 1 - edge, height - 1 - edge), radius, fill=ground + (255,))
    if d.chance(0.6):
        line = max(1, int(height * d.between(0.015, 0.035)))
        inset = edge + int(height * d.between(0.02, 0.05))
        pen.rounded_rectangle((inset, inset, width - 1 - inset, height - 1 - inset), radius, outline=ink + (255,), width=line)
    if kind.name in ("New York", "New Mexico", "Florida", "Georgia", "Quebec", "Pennsylvania", "Ohio") and d.chance(0.7):
        shade = np.linspace(0, 1, height)[:, None]
        tint = np.array(d.colour(150, 250))
        rows = np.array(ground) * shade + tint * (1 - shade) if d.chance(0.5) else np.array(ground) * (1 - shade) + tint * shade
        band = Image.fromarray(np.repeat(rows[:, None, :], width, 1).astype(np.uint8))
        picture.paste(band, (0, 0), picture.getchannel("A"))
    left, right, top, bottom = 0.04 * width, 0.96 * width, 0.14 * height, 0.86 * height
    if kind.band == "left" and d.chance(0.85):
        band = int(height * d.between(0.32, 0.42) * (0.5 if kind.height > 150 else 1))
        pen.rectangle((edge, edge, edge + band, height - 1 - edge), fill=(15, 50, 150, 255))
        if d.chance(0.8):
            pen.ellipse((edge + band * 0.2, height * 0.12, edge + band * 0.8, height * 0.12 + band * 0.6), outline=(230, 200, 40, 255),
                        width=max(1, band // 8))
            pen.text((edge + band * 0.2, height * 0.6), d.text("L"), font=font(PLATE_PATHS[0], max(8, int(band * 0.7))), fill=(240, 240, 240, 255))
        left = edge + band + 0.03 * width
        if d.chance(0.2):
            pen.rectangle((width - 1 - edge - band, edge, width - 1 - edge, height - 1 - edge), fill=(15, 50, 150, 255))
            right = width - band - edge - 0.02 * width
    if kind.band == "top":
        pen.rectangle((edge, edge, width - 1 - edge, height * 0.24), fill=(15, 50, 150, 255))
        fitted_text(picture, kind.caption, (width * 0.3, height * 0.07, width * 0.4, height * 0.11), PLATE_PATHS[5], (240, 240, 240, 255))
        top = 0.32 * height
    elif kind.caption and d.chance(0.9):
        size = d.between(0.11, 0.17) * height
        above = d.chance(0.8)
        where = height * 0.06 if above else height * 0.92 - size
        share = d.between(0.3, 0.7)
        tint = d.pick([ink, (170, 30, 40), (20, 40, 120)])
        fitted_text(picture, kind.caption, (width * (0.5 - share / 2), where, width * share, size), d.pick(SIGN_PATHS), tint + (255,))
        top, bottom = (0.28 * height, 0.86 * height) if above else (0.12 * height, 0.72 * height)
        if d.chance(0.4):
            fitted_text(picture, d.pick(["dmv.ca.gov", "SUNSHINE STATE", "GREAT LAKES", "EMPIRE STATE", "Birthplace of Aviation", "je me souviens"]),
                        (width * 0.25, height * 0.87, width * 0.5, height * 0.09), d.pick(SIGN_PATHS), ink + (255,))
    path = d.pick(PLATE_PATHS)
    rows = d.text(d.pick(kind.patterns)).split("|")
    if len(rows) == 1:
        margin = (right - left) * d.between(0.0, 0.12)
        text = rows[0]
        fitted_text(picture, text, (left + margin, top, right - left - 2 * margin, bottom - top), path, ink + (255,))
        if kind.width == 305 and d.chance(0.4):  # the emblem between the groups, registration stickers
            pen.ellipse((width * 0.47, height * 0.45, width * 0.55, height * 0.63), fill=d.colour(60, 200) + (255,))
        if d.chance(0.3):
            size = int(height * d.between(0.12, 0.22))
            for x, y in [(0.04, 0.06), (0.88, 0.06), (0.88, 0.75)]:
                if d.chance(0.5):
                    pen.rectangle((x * width, y * height, x * width + size, y * height + size), fill=d.colour(80, 230) + (255,))
        elif kind.name == "Germany" or d.chance(0.1):
            centre = left + (right - left) * 0.36
            pen.ellipse((centre - height * 0.1, height * 0.2, centre + height * 0.1, height * 0.4), fill=d.colour(80, 180) + (255,))
    else:
        middle = (top + bottom) / 2 - (0.06 * height if kind.name == "Japan" else 0)
        fitted_text(picture, rows[0], (left + 0.12 * width, top, right - left - 0.24 * width, middle - top - 0.04 * height), path, ink + (255,))
        fitted_text(picture, rows[1], (left + 0.03 * width, middle + 0.03 * height, right - left - 0.06 * width, bottom - middle), path, ink + (255,))
    if d.chance(0.4):
        for x in (0.12, 0.88):
            size = height * 0.03
            pen.ellipse((x * width - size, height * 0.08 - size, x * width + size, height * 0.08 + size), fill=d.colour(40, 180) + (255,))
    values = np.array(picture).astype(np.float32)
    if d.chance(0.5):  # dirt
        dirt = noise(d, width, height, d.pick([3, 5, 9]))
        amount = d.between(0.0, 0.75) * np.clip((dirt - d.between(0.2, 0.6)) * 2.5, 0, 1)[..., None]
        values[..., :3] = values[..., :3] * (1 - amount) + np.array(d.colour(50, 140)) * amount
    if d.chance(0.25):  # shadow of the bumper, of the tow bar
        share = int(height * d.between(0.1, 0.6))
        values[:share, :, :3] *= d.between(0.3, 0.8)
    if d.chance(0.05):
        bar = int(width * d.between(0.42, 0.52))
        values[int(height * 0.5):, bar:bar + int(height * 0.25), :3] = d.colour(0, 80)
    return values


def noise(d, width, height, cells):
    """Smooth noise in 0 to 1, some octaves."""
    total = np.zeros((height, width), np.float32)
    weight, amount = 0.0, 1.0
    for _ in range(3):
        grid = d.rng.random((max(2, int(cells * height / max(width, 1)) + 2), cells + 2)).astype(np.float32)
        total += amount * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weight += amount
        amount *= 0.6
        cells = cells * 2 + 1
    return np.clip(total / weight, 0, 1)


def vehicle(d, values):
    """Plate on a piece of bodywork: RGBA and the plate's box in it."""
    height, width = values.shape[:2]
    w = int(width * d.between(1.5, 3.6))
    h = int(height * d.between(2.2, 6.5))
    x = int(np.clip((w - width) / 2 + d.rng.normal(0, 0.06) * w, 0, w - width))
    y = int((h - height) * d.between(0.15, 0.9))
    paint = np.array(d.pick([d.colour(0, 60), d.colour(60, 160), d.colour(170, 250), d.colour(20, 230)]), np.float32)
    slope = np.linspace(d.between(0.5, 1.3), d.between(0.5, 1.3), h, dtype=np.float32)[:, None, None]
    body = np.clip(np.repeat(paint[None, None, :] * slope, w, 1), 0, 255).astype(np.uint8)
    picture = Image.fromarray(body)
    pen = ImageDraw.Draw(picture)
    for _ in range(d.whole(1, 5)):  # seams and edges of the bumper
        seam = d.between(0, h)
        pen.line((0, seam, w, seam + d.rng.normal(0, 0.03) * h), fill=d.colour(0, 255), width=d.whole(1, max(1, height // 8)))
    if d.chance(0.5):  # dark lower part
        pen.rectangle((0, y + height * d.between(-0.3, 1.3), w, h), fill=d.colour(0, 70))
    if d.chance(0.55):
        grille(d, pen, (w * d.between(0.05, 0.3), y - height * d.between(1.0, 3.0), w * d.between(0.4, 0.9), height * d.between(0.6, 1.8)))
    if d.chance(0.3):
        grille(d, pen, (w * d.between(0.05, 0.3), y + height * d.between(1.1, 1.6), w * d.between(0.4, 0.9), height * d.between(0.3, 1.0)))
    if d.chance(0.6):
        for side in (0.0, 1.0):
            cx, cy = w * abs(side - d.between(0.0, 0.14)), y + height * d.between(-2.0, 0.8)
            rx, ry = height * d.between(0.4, 1.5), height * d.between(0.3, 0.9)
            shade = d.pick([d.colour(180, 255), (150, 20, 25), (220, 120, 30), d.colour(30, 100)])
            if d.chance(0.4):
                tail_lamp(d, pen, (cx - rx * 0.8, cy - ry * d.between(0.5, 1.5), rx * 1.6, ry * d.between(1.0, 3.0)))
                continue
            pen.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=shade, outline=d.colour(0, 120))
            if d.chance(0.4):
                pen.ellipse((cx - rx / 2, cy - ry / 2, cx + rx / 2, cy + ry / 2), fill=d.colour(150, 255))
    if d.chance(0.5):
        badge(d, picture, pen, (w * d.between(0.05, 0.85), y - height * d.between(0.5, 2.2)), height * d.between(0.3, 1.0))
    if d.chance(0.45):  # model name
        word = d.pick(["TURBO", "Logan", "GTI", "1.9 TDI", "HYBRID", "Transit", "4x4", "VOLT", "XLE", "DACIA", "FORD", "LX"])
        fitted_text(picture, word, (w * d.between(0.02, 0.7), y - height * d.between(0.6, 1.2), width * d.between(0.15, 0.35), height * d.between(0.15, 0.35)),
                    d.pick(SIGN_PATHS), d.colour(0, 255))
    if d.chance(0.5):  # recess
        grow_x, grow_y = int(width * d.between(0.02, 0.15)), int(height * d.between(0.05, 0.35))
        pen.rounded_rectangle((x - grow_x, y - grow_y, x + width + grow_x, y + height + grow_y), 4, fill=d.colour(0, 140))
    canvas = np.array(picture).astype(np.float32)
    alpha = values[..., 3:] / 255
    canvas[y:y + height, x:x + width] = canvas[y:y + height, x:x + width] * (1 - alpha) + values[..., :3] * alpha
    return np.dstack([canvas, np.full((h, w), 255, np.float32)]), (x, y, width, height)


NAMES = ["Ford", "SK", "RO", "H", "CZ", "VW", "KIA", "SEAT", "SKODA", "Mazda", "BMW", "L", "300", "M5", "FOX", "GTS", "ALTIMA", "LEXUS", "FLEX",
         "TOYOTA", "HONDA", "Dunlop", "TAXI", "Villas", "PRO", "SUV", "EcoBoost"]


def badge(d, picture, pen, middle, size):
    """A maker's badge, an oval sticker: a word or rings in an ellipse or a circle."""
    x, y = middle
    width = size * d.between(0.9, 2.4)
    light, dark = d.colour(150, 255), d.colour(0, 90)
    ground, ink = (dark, light) if d.chance(0.6) else (light, dark)
    pen.ellipse((x - width / 2, y - size / 2, x + width / 2, y + size / 2), fill=ground, outline=ink, width=max(1, int(size * d.between(0.03, 0.12))))
    kind = d.whole(0, 3)
    if kind <= 1:
        share = d.between(0.3, 0.5)
        fitted_text(picture, d.pick(NAMES), (x - width * 0.36, y - size * share / 2, width * 0.72, size * share), d.pick(SIGN_PATHS), ink, d.chance(0.5))
    elif kind == 2:
        for _ in range(d.whole(1, 3)):
            across, high = width * d.between(0.15, 0.7), size * d.between(0.3, 0.8)
            pen.ellipse((x - across / 2, y - high / 2, x + across / 2, y + high / 2), outline=ink, width=max(1, int(size * 0.07)))


def tail_lamp(d, pen, box):
    """Red, white and orange chambers with ribs."""
    x, y, width, height = box
    chambers = d.whole(2, 4)
    for index in range(chambers):
        top, bottom = y + index * height / chambers, y + (index + 1) * height / chambers
        shade = np.array(d.pick([(170, 20, 25), (220, 60, 50), (235, 225, 215), (230, 130, 40), (120, 10, 20)]), float)
        shade = tuple(int(np.clip(value, 0, 255)) for value in shade * d.between(0.5, 1.2))
        pen.rectangle((x, top, x + width, bottom), fill=shade, outline=d.colour(100, 255))
        if d.chance(0.6):
            ribs = d.whole(3, 14)
            for rib in range(ribs):
                at = x + rib * width / ribs
                pen.line((at, top, at, bottom), fill=tuple(min(255, value + d.whole(10, 70)) for value in shade), width=1)


def wheel(d, pen, middle, radius):
    x, y = middle
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=d.colour(0, 50))
    rim, light = radius * d.between(0.6, 0.8), d.colour(90, 230)
    pen.ellipse((x - rim, y - rim, x + rim, y + rim), fill=d.colour(20, 90), outline=light, width=max(1, int(radius * 0.06)))
    spokes = d.whole(4, 14)
    for spoke in range(spokes):
        angle = 2 * np.pi * spoke / spokes
        pen.line((x, y, x + rim * np.cos(angle), y + rim * np.sin(angle)), fill=light, width=max(1, int(radius * d.between(0.05, 0.15))))


def grille(d, pen, box):
    x, y, width, height = box
    pen.rectangle((x, y, x + width, y + height), fill=d.colour(0, 80))
    light = d.colour(60, 240)
    step = max(3.0, height * d.between(0.08, 0.35))
    thick = max(1, int(step * d.between(0.15, 0.5)))
    kind = d.whole(0, 2)
    if kind in (0, 2):
        at = y + step / 2
        while at < y + height:
            pen.line((x, at, x + width, at), fill=light, width=thick)
            at += step
    if kind in (1, 2):
        at = x + step / 2
        while at < x + width:
            pen.line((at, y, at, y + height), fill=light, width=thick)
            at += step


OVERLAYS = ["CAM 1", "Front Door", "Ring", "REC", "CAMERA 02", "Driveway", "km/h", "GPS", "N 44.4268 E 26.1025"]
SIGN_WORDS = ["STOP", "EXIT", "NO PARKING", "PRIVATE", "Pizza", "SALE -50%", "OPEN", "PHARMACY", "Bakery", "Taxi", "EXPRESS", "SCHOOL", "Main St",
              "FOR RENT", "Security", "Dental", "Bank", "Hotel", "Auto Service", "DHL", "Logistics", "www.example.com", "Est. 1978", "POLICE", "BUS"]


def clutter(d, size):
    """A drawn background."""
    low, high = sorted((d.between(0, 255), d.between(0, 255)))
    base = np.zeros((size, size, 3), np.float32)
    shades = noise(d, size, size, d.pick([2, 3, 5, 9, 17]))
    tint_a, tint_b = np.array(d.colour(int(low), int(low) + 1)), np.array(d.colour(int(high), int(high) + 1))
    base[:] = tint_a * (1 - shades[..., None]) + tint_b * shades[..., None]
    if d.chance(0.4):  # gravel, leaves, plaster
        fine = cv2.resize(d.rng.normal(0, d.between(5, 35), (size // 2, size // 2)).astype(np.float32), (size, size))
        base += cv2.resize(fine[::2, ::2], (size, size))[..., None] if d.chance(0.5) else fine[..., None]
    picture = Image.fromarray(np.clip(base, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    for _ in range(d.whole(3, 18)):
        thing(d, picture, pen, size)
    return np.array(picture).astype(np.float32)


def thing(d, picture, pen, size):
    x, y = d.between(-40, size), d.between(-40, size)
    width, height = d.log_between(8, size * 0.8), d.log_between(8, size * 0.6)
    kind = d.whole(0, 15)
    if kind == 11:
        wheel(d, pen, (x, y), d.log_between(8, 90))
    elif kind == 12:
        badge(d, picture, pen, (x, y), d.log_between(8, 60))
    elif kind == 13:
        tail_lamp(d, pen, (x, y, d.log_between(8, 70), d.log_between(8, 90)))
    elif kind == 14:  # a name in metal on paint: letters with light and dark edges, no ground of their own
        name, path = d.pick(NAMES + SIGN_WORDS), d.pick(SIGN_PATHS)
        box = (x, y, width * 0.7, min(height, width * d.between(0.12, 0.35)))
        fitted_text(picture, name, (box[0] + 1, box[1] + 1) + box[2:], path, d.colour(0, 80), False)
        fitted_text(picture, name, box, path, d.colour(120, 255), False)
    elif kind == 15:  # a strip of lights, of windows, of reflections on paint
        across, high = d.log_between(12, 120), d.log_between(3, 30)
        pen.rounded_rectangle((x, y, x + across, y + high), int(high / 3), fill=d.colour(0, 110))
        for _ in range(d.whole(1, 6)):
            left = x + d.between(0, across)
            pen.rectangle((left, y + high * 0.15, left + across * d.between(0.03, 0.3), y + high * 0.85), fill=d.pick([d.colour(150, 255), (200, 20, 30)]))
    elif kind == 0:
        pen.rectangle((x, y, x + width, y + height), fill=d.colour(), outline=d.colour())
    elif kind == 1:
        pen.ellipse((x, y, x + width, y + height * 0.7), fill=d.colour(), outline=d.colour())
    elif kind == 2:
        pen.line((x, y, x + d.rng.normal(0, size), y + d.rng.normal(0, size)), fill=d.colour(), width=d.whole(1, 10))
    elif kind == 3:
        grille(d, pen, (x, y, width, height))
    elif kind == 4:  # windows
        columns, rows = d.whole(1, 6), d.whole(1, 5)
        frame, glass = d.colour(), d.colour()
        for column in range(columns):
            for row in range(rows):
                pen.rectangle((x + column * width / 3, y + row * height / 3, x + (column + 0.8) * width / 3, y + (row + 0.75) * height / 3),
                              fill=glass, outline=frame, width=2)
    elif kind == 5:  # railing
        step = d.between(5, 22)
        shade, thick = d.colour(), d.whole(1, 5)
        for index in range(d.whole(5, 25)):
            pen.line((x + index * step, y, x + index * step + d.between(-1, 1), y + height), fill=shade, width=thick)
        pen.line((x, y, x + index * step, y), fill=shade, width=thick)
    elif kind == 6:  # bricks, tiles
        step, shade = d.between(6, 20), d.colour()
        for row in range(d.whole(3, 10)):
            for column in range(d.whole(3, 10)):
                left = x + (column + (row % 2) * 0.5) * step * 2
                pen.rectangle((left, y + row * step, left + step * 1.85, y + (row + 0.85) * step), fill=tuple(int(np.clip(v + d.rng.normal(0, 14), 0, 255)) for v in shade))
    elif kind == 7:  # a sign of several lines or of one word high and short, a shop's letters without ground
        lines = d.whole(2, 5)
        if d.chance(0.6):
            pen.rectangle((x, y, x + width, y + height), fill=d.colour(), outline=d.colour(), width=2)
        shade, path = d.colour(), d.pick(SIGN_PATHS)
        for line in range(lines):
            fitted_text(picture, d.pick(SIGN_WORDS), (x + width * 0.05, y + height * (line + 0.15) / lines, width * d.between(0.4, 0.9), height * 0.6 / lines), path, shade, False)
    elif kind == 8:  # letters alone, on whatever is there
        fitted_text(picture, d.pick(SIGN_WORDS), (x, y, width, min(height, width * 0.3)), d.pick(SIGN_PATHS), d.colour(), d.chance(0.5))
    elif kind == 9:  # lamp
        for radius, shade in ((width * 0.3, d.colour(100, 200)), (width * 0.15, (255, 255, 250))):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade)
    else:  # house number, sticker, mirror: a small light or dark box with nothing or one or two characters
        side = d.between(8, 40)
        pen.rectangle((x, y, x + side * d.between(0.8, 3.5), y + side), fill=d.pick([d.colour(180, 255), d.colour(0, 60)]), outline=d.colour())
        if d.chance(0.5):
            fitted_text(picture, d.text(d.pick(["D", "DD", "L"])), (x + side * 0.2, y + side * 0.2, side * 0.6, side * 0.6), d.pick(SIGN_PATHS), d.colour())


def overlay(d, canvas):
    """Burnt-in time and name of the camera: text that is no plate."""
    picture = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    face = font(d.pick(SIGN_PATHS), d.whole(8, 30))
    stamp = "%04d-%02d-%02d %02d:%02d:%02d" % (d.whole(2012, 2031), d.whole(1, 12), d.whole(1, 28), d.whole(0, 23), d.whole(0, 59), d.whole(0, 59))
    text = d.pick([stamp, stamp[11:], stamp[:10], d.pick(OVERLAYS), "%d km/h" % d.whole(0, 130), stamp.replace(" ", "\n")])
    where = (d.between(-60, 150), d.pick([d.between(0, 20), d.between(210, 240), d.between(0, 240)]))
    if d.chance(0.3):
        pen.rectangle(pen.textbbox(where, text, font=face), fill=d.colour(0, 60))
    pen.text(where, text, font=face, fill=d.pick([(255, 255, 255), (255, 255, 255), (255, 230, 0), (0, 0, 0)]),
             stroke_width=int(d.chance(0.3)), stroke_fill=(0, 0, 0))
    return np.array(picture).astype(np.float32)


def place(d, canvas, picture, box, plate_width):
    """Warps a piece of vehicle into the scene; gives the plate's bounds."""
    factor = 2.0 * plate_width / box[2]
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (max(2, int(width * factor)), max(2, int(height * factor))), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    h, w = small.shape[:2]
    scale = np.array([w / width, h / height])
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64)
    turn = np.radians(np.clip(d.rng.normal(0, 7), -24, 24))
    yaw = np.cos(np.radians(np.clip(abs(d.rng.normal(0, 26)), 0, 68)))
    pitch = np.cos(np.radians(np.clip(abs(d.rng.normal(0, 16)), 0, 45)))
    shear = d.rng.normal(0, 0.10)
    warp = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ np.array([[yaw, 0], [shear * yaw, pitch]])
    centre = corners.mean(0)
    moved = (corners - centre) @ warp.T
    near = 1 + d.rng.normal(0, 0.10) * moved[:, :1] / max(w, 1) + d.rng.normal(0, 0.06) * moved[:, 1:] / max(h, 1)
    moved = moved * np.clip(near, 0.6, 1.5)
    target = np.array([d.between(0, 2 * SIDE), d.between(0, 2 * SIDE)])
    x, y, bw, bh = box
    quad = np.array([[x, y], [x + bw, y], [x + bw, y + bh], [x, y + bh]], np.float64) * scale
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), moved.astype(np.float32))
    seen = cv2.perspectiveTransform(quad[None].astype(np.float32), matrix)[0]
    shift = target - seen.mean(0)
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ matrix
    seen = (seen + shift) / 2
    warped = cv2.warpPerspective(small, matrix, (2 * SIDE, 2 * SIDE), flags=cv2.INTER_LINEAR)
    warped = cv2.resize(warped, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    alpha = warped[..., 3:] / 255
    canvas[:] = canvas * (1 - alpha) + warped[..., :3] * np.minimum(1, 1 / np.maximum(alpha, 1e-3)) * alpha
    left, top = seen.min(0)
    right, bottom = seen.max(0)
    return [left, top, right - left, bottom - top]


def lighting(d, canvas):
    if d.chance(0.5):
        angle = d.between(0, 2 * np.pi)
        rows, columns = np.mgrid[0:SIDE, 0:SIDE] / SIDE - 0.5
        ramp = (np.cos(angle) * columns + np.sin(angle) * rows)[..., None].astype(np.float32)
        canvas *= 1 + d.between(0, 0.9) * ramp
    if d.chance(0.3):  # a cast shadow
        mask = np.zeros((SIDE, SIDE), np.float32)
        points = d.rng.uniform(-60, SIDE + 60, (d.whole(3, 5), 2)).astype(np.int32)
        cv2.fillPoly(mask, [points], 1.0)
        soft = d.between(0.5, 8)
        mask = cv2.GaussianBlur(mask, (0, 0), soft)
        canvas *= (1 - mask * d.between(0.2, 0.7))[..., None]
    if d.chance(0.12):  # a veil of stray light, often in one colour: lamps at night, a dirty windscreen
        veil = np.array([d.between(60, 255) for _ in range(3)], np.float32)
        amount = d.between(0.15, 0.6) * cv2.resize(noise(d, 32, 32, 2), (SIDE, SIDE))[..., None]
        canvas = canvas * (1 - amount) + veil * amount * 1.4
    if d.chance(0.12):  # headlights, sun
        x, y, radius = d.between(0, SIDE), d.between(0, SIDE), d.between(8, 60)
        rows, columns = np.mgrid[0:SIDE, 0:SIDE]
        canvas += (d.between(100, 320) * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * radius ** 2)))[..., None].astype(np.float32)
    return np.clip(canvas, 0, 255)


def smeared(d, canvas, smallest):
    """Motion blur and defocus, no worse than that a person still reads something of the smallest plate."""
    longest = min(15.0, 0.28 * smallest)
    if d.chance(0.38) and longest > 2:
        length = d.between(1.5, longest)
        angle = d.rng.normal(0, 0.35) if d.chance(0.75) else d.between(0, np.pi)
        if abs(np.sin(angle)) * length > 0.12 * smallest:
            angle = 0.0
        size = int(np.ceil(length)) // 2 * 2 + 3
        kernel = np.zeros((size * 4, size * 4), np.float32)
        half = np.array([np.cos(angle), np.sin(angle)]) * length * 2
        middle = np.array([size * 2, size * 2])
        cv2.line(kernel, tuple((middle - half).astype(int).tolist()), tuple((middle + half).astype(int).tolist()), 1.0, 4)
        kernel = cv2.resize(kernel, (size, size), interpolation=cv2.INTER_AREA)
        canvas = cv2.filter2D(canvas, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)
    if d.chance(0.45):
        canvas = cv2.GaussianBlur(canvas, (0, 0), d.between(0.3, max(0.4, min(3.0, 0.028 * smallest))))
    return canvas


def camera(d, canvas):
    """What the sensor and the camera's own processing do."""
    look = d.rng.random()
    if look < 0.30:  # infrared: grey, vignetted, reflective plates bright or burnt out
        grey = canvas @ np.array(d.pick([[0.3, 0.59, 0.11], [0.6, 0.3, 0.1], [0.33, 0.33, 0.33]]), np.float32)
        grey = grey * d.between(0.3, 1.1) + d.between(0, 30)
        canvas = np.repeat(grey[..., None], 3, 2)
    elif look < 0.42:  # backlight: shadows crushed, highlights burnt out
        knots = np.interp(canvas, [0, 128, 192, 217, 255], [0, d.between(20, 60), d.between(100, 160), d.between(200, 255), 255])
        canvas = knots.astype(np.float32)
    elif look < 0.60:  # low gain, evening
        canvas = canvas * d.between(0.18, 0.6) + d.between(0, 20)
        canvas *= np.array([d.between(0.75, 1.25) for _ in range(3)], np.float32)
    elif look < 0.72:
        canvas = 255 * (np.clip(canvas, 0, 255) / 255) ** d.between(0.5, 1.8)
    if d.chance(0.45):
        sigma = d.log_between(1, 16)
        grain = d.rng.normal(0, sigma, (SIDE, SIDE, 1 if d.chance(0.6) else 3)).astype(np.float32)
        if d.chance(0.4):
            grain = cv2.GaussianBlur(grain, (0, 0), 0.7)
            grain = grain[..., None] if grain.ndim == 2 else grain
        canvas = canvas + grain
    if d.chance(0.3):
        canvas = canvas + d.between(0.3, 1.6) * (canvas - cv2.GaussianBlur(canvas, (0, 0), d.between(0.7, 1.5)))
    return np.clip(canvas, 0, 255)


def background(d, pictures):
    if pictures and d.chance(0.5):
        picture = d.pick(pictures)
        share = d.log_between(0.5, 2.2)
        side = int(min(picture.shape[0], picture.shape[1], SIDE / share))
        x, y = d.whole(0, picture.shape[1] - side), d.whole(0, picture.shape[0] - side)
        crop = picture[y:y + side, x:x + side]
        crop = cv2.resize(crop, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR).astype(np.float32)
        crop = crop[:, ::-1].copy() if d.chance(0.5) else crop
        if d.chance(0.3):
            image = Image.fromarray(np.clip(crop, 0, 255).astype(np.uint8))
            pen = ImageDraw.Draw(image)
            for _ in range(d.whole(1, 5)):
                thing(d, image, pen, SIDE)
            crop = np.array(image).astype(np.float32)
        return crop
    return cv2.resize(clutter(d, 2 * SIDE), (SIDE, SIDE), interpolation=cv2.INTER_AREA) if d.chance(0.3) else clutter(d, SIDE)


def blank_plate(d):
    """What has a plate's shape and place and no characters: reflectors, holders, bumper pieces; or a word, no plate."""
    values = plate(d)
    height, width = values.shape[:2]
    shade = np.array(d.colour(), np.float32)
    values[..., :3] = shade * np.linspace(d.between(0.7, 1.2), d.between(0.7, 1.2), height)[:, None, None]
    image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    kind = d.whole(0, 3)
    if kind == 1:
        grille(d, pen, (0, 0, width, height))
    elif kind == 2:
        for _ in range(d.whole(1, 3)):
            x = d.between(0, width)
            pen.rectangle((x, 0, x + d.between(0.05, 0.3) * width, height), fill=d.colour() + (255,))
    elif kind == 3 and d.chance(0.5):
        pen.ellipse((width * 0.4, height * 0.1, width * 0.6, height * 0.9), fill=d.colour() + (255,))
    result = np.array(image).astype(np.float32)
    result[..., 3] = 255
    return result


def scene(seed, pictures=()):
    """uint8 tile, RGB, and the boxes of its plates."""
    d = Draw(seed)
    canvas = background(d, pictures)
    boxes = []
    if d.chance(0.45):
        place(d, canvas, *vehicle(d, blank_plate(d)), d.log_between(16, 150))
    wanted = d.pick([0, 0, 1, 1, 1, 1, 1, 2, 3])
    for _ in range(wanted):
        values = plate(d)
        whole = (values, (0, 0, values.shape[1], values.shape[0])) if d.chance(0.15) else vehicle(d, values)
        width = d.log_between(17, 170 if wanted == 1 else 80)
        if values.shape[1] < 2.4 * values.shape[0]:
            width *= 0.8
        # A piece of vehicle may lie over what was drawn before it: that plate must not be asked for.
        before = canvas.copy()
        box = place(d, canvas, *whole, width)
        changed = np.abs(canvas - before).max(2) > 3
        boxes = [other for other in boxes if not changed[max(0, int(other[1])):int(other[1] + other[3]) + 1,
                                                         max(0, int(other[0])):int(other[0] + other[2]) + 1].any()]
        boxes.append(box)
    canvas = lighting(d, canvas)
    if d.chance(0.25):
        canvas = overlay(d, canvas) if not boxes or d.chance(0.3) else canvas
    smallest = min([box[2] for box in boxes], default=d.between(20, 100))
    canvas = smeared(d, canvas, smallest)
    canvas = camera(d, canvas)
    return canvas.astype(np.uint8), [box + [float(not readable(canvas, box))] for box in boxes]


def readable(canvas, box):
    """Whether there is anything to see: what the dark or the sun has swallowed is asked for by nobody."""
    x, y, width, height = box
    part = canvas[max(0, int(y)):int(y + height) + 1, max(0, int(x)):int(x + width) + 1]
    if part.size == 0:
        return False
    grey = cv2.GaussianBlur(part.mean(2), (0, 0), 0.6)
    return float(np.percentile(grey, 95) - np.percentile(grey, 5)) >= LEAST_CONTRAST
