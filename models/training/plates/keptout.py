# SPDX-License-Identifier: GPL-3.0-or-later
"""How many plates of pictures that were kept out a network finds in pieces of them, seen by the training's bad camera.

dataset.py --photographs PICTURES --labels keptout.txt --count 1200 --seed 77 --out TILES, then keptout.py MODEL.onnx TILES.
"""
import os
import sys

import cv2
import numpy as np

from evaluate import Finder

WEAKEST = 0.05
SIZES = ((0, 24), (24, 40), (40, 80), (80, 200))  # pixels of a plate's width
FALSE = (0.03, 0.1, 0.3)  # finds a tile that touch no plate


def overlap(one, other):
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    common = max(0.0, width) * max(0.0, height)
    return common / (one[2] * one[3] + other[2] * other[3] - common)


def main():
    model, folder = sys.argv[1:3]
    cv2.setNumThreads(1)
    finder = Finder(model)
    tiles = np.load(os.path.join(folder, "tiles.npy"), mmap_mode="r")
    labels = np.load(os.path.join(folder, "boxes.npy"))
    best, false = [], []  # width and best score of each plate; scores
    for tile, boxes in zip(tiles, labels):
        boxes = [box for box in boxes if box[2] > 0]
        found = finder(tile, WEAKEST, scales=(1.0,))
        side = tile.shape[0]
        for box in boxes:
            if not box[4] and min(box[0], box[1]) >= 0 and max(box[0] + box[2], box[1] + box[3]) <= side:
                best.append((box[2], max([score for other, score in found if overlap(other, box) > 0.3], default=0.0)))
        false += [score for other, score in found if not any(overlap(other, box) > 0.05 for box in boxes)]
    best, false = np.array(best), np.sort(false)[::-1]
    for share in FALSE:
        threshold = false[min(len(false) - 1, int(share * len(tiles)))]
        line = ", ".join(f"{low} to {high} pixels {100 * np.mean(best[(best[:, 0] >= low) & (best[:, 0] < high), 1] > threshold):.1f}" for low, high in SIZES)
        print(f"{share} false a tile, score {threshold:.2f}: {100 * np.mean(best[:, 1] > threshold):.1f} % of {len(best)}; {line}")


if __name__ == "__main__":
    main()
