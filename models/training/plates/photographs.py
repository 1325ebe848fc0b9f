# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiles of photographs: a piece of a picture at the scale at which its plate has a chosen width, seen by a bad camera.

labels.txt has their plates, README.md says which pictures these are.
"""
import os

import cv2
import numpy as np

import render

SIDE = render.SIDE
PLATES = 16, 150, 11  # width of one in a tile, at least and at most; what is smaller than the last is asked for by nobody
MOST_ENLARGED = 1.25
SQUEEZED = "openimages/", "openimages-256/"  # to squares; most were 4:3 or 3:2


class Photographs:
    def __init__(self, folder, labels, widths=PLATES):
        self.folder = folder
        self.smallest, self.largest, self.least = widths
        boxes = {}
        for line in open(labels, encoding="utf-8"):
            if line.startswith("#") or not line.strip():
                continue
            fields = line.split()
            found = boxes.setdefault(fields[0], [])
            if len(fields) > 1:
                found.append([float(value) for value in fields[1:6]])
        self.boxes = {name: np.array(found, np.float32).reshape(-1, 5) for name, found in boxes.items() if os.path.exists(os.path.join(folder, name))}
        self.names = sorted(self.boxes)
        print(len(self.names), "of", len(boxes), "photographs")

    def read(self, name):
        return cv2.cvtColor(cv2.imread(os.path.join(self.folder, name)), cv2.COLOR_BGR2RGB)

    def scene(self, seed):
        """uint8 tile, RGB, and the boxes of its plates as in render.scene."""
        d = render.Draw(seed)
        name = self.names[d.whole(0, len(self.names) - 1)]
        picture, boxes = self.read(name), self.boxes[name]
        wide = d.between(1.2, 1.5) if name.startswith(SQUEEZED) else 1.0
        asked = [box for box in boxes if not box[4] and box[2] >= self.smallest / MOST_ENLARGED]
        if asked and d.chance(0.8):
            box = d.pick(asked)
            width = min(d.log_between(self.smallest, self.largest if d.chance(0.6) else 60), MOST_ENLARGED * box[2] * wide)
            scale = width / (box[2] * wide)
            middle = np.array([(box[0] + box[2] / 2) * wide, box[1] + box[3] / 2]) * scale
            corner = middle - np.array([d.between(0.1, 0.9), d.between(0.1, 0.9)]) * SIDE
        else:
            scale = d.log_between(0.3, 1.1)
            corner = np.array([d.between(-20, max(1.0, picture.shape[1] * wide * scale - SIDE)), d.between(-20, max(1.0, picture.shape[0] * scale - SIDE))])
        stretch = np.exp(d.rng.normal(0, 0.06))  # towards the rim of a wide lens
        tile, found = piece(picture, boxes, scale * wide * stretch, scale / stretch, corner * np.array([stretch, 1 / stretch]), render.clutter(d, SIDE), self.least)
        if d.chance(0.5):
            tile = (tile - 128) * d.between(0.7, 1.25) + 128 + d.between(-25, 25)
            tile *= np.array([d.between(0.8, 1.2) for _ in range(3)], np.float32)
        if d.chance(0.5):
            tile = render.lighting(d, tile)
        smallest = min([box[2] for box in found if not box[4]], default=d.between(20, 100))
        tile = render.camera(d, render.smeared(d, np.clip(tile, 0, 255), smallest))
        return tile.astype(np.uint8), [box[:4] + [float(box[4] > 0 or not render.readable(tile, box[:4]))] for box in found]


def piece(picture, boxes, scale_x, scale_y, corner, beside, least):
    """A tile from `corner` of the scaled picture on; what lies outside the picture is taken from `beside`."""
    matrix = np.array([[scale_x, 0, -corner[0]], [0, scale_y, -corner[1]]])
    source = picture
    if min(scale_x, scale_y) < 0.7:  # no aliasing
        factor = 1.3 * min(scale_x, scale_y)
        source = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([picture.shape[1] / source.shape[1], picture.shape[0] / source.shape[0], 1])
    tile = cv2.warpAffine(source, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    found = []
    for x, y, width, height, ignored in boxes:
        box = [x * scale_x - corner[0], y * scale_y - corner[1], width * scale_x, height * scale_y]
        if box[0] > -box[2] and box[1] > -box[3] and box[0] < SIDE and box[1] < SIDE:
            found.append(box + [float(ignored > 0 or box[2] < least)])
    left, top = int(np.clip(np.ceil(-corner[0]), 0, SIDE)), int(np.clip(np.ceil(-corner[1]), 0, SIDE))
    right = int(np.clip(picture.shape[1] * scale_x - corner[0], 0, SIDE))
    bottom = int(np.clip(picture.shape[0] * scale_y - corner[1], 0, SIDE))
    whole = beside.astype(np.float32)
    whole[top:bottom, left:right] = tile[top:bottom, left:right]
    return whole, found
