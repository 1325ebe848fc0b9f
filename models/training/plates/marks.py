# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds plates that nobody labelled: what two detectors of different families take for one.

marks.py PICTURES doorveil-plate.onnx y5fu_320x_sim.onnx prints lines for labels.txt. They are to be looked at: six of 128 were plates, and seven
could not be told; all others are the best of what is no plate, and are left out.
"""
import os
import sys

import cv2
import numpy as np

from photographs import Photographs

SIDE = 320
SURE, SECOND = 0.4, 0.1


def finds(network, picture, scale):
    """Boxes (x1 y1 x2 y2 score) in pixels of the picture."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    height, width = (value // 16 * 16 for value in small.shape[:2])
    if min(height, width) < 32:
        return []
    network.setInput(cv2.dnn.blobFromImage(small[:height, :width], 1.0))
    output = network.forward()[0]
    score = 1 / (1 + np.exp(-output[0]))
    found = []
    for row, column in zip(*np.where(score > SURE)):
        left, top, right, bottom = np.exp(np.minimum(output[1:, row, column], 5)) * 8
        x, y = (column + 0.5) * 8, (row + 0.5) * 8
        found.append([(x - left) / scale, (y - top) / scale, (x + right) / scale, (y + bottom) / scale, score[row, column]])
    return found


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    common = max(0, width) * max(0, height)
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common + 1e-6)


def second(network, picture, box):
    """How sure the other one is of that box, at the best of three scales."""
    best = 0.0
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    for width in (32, 56, 90):
        scale = width / max(8.0, box[2] - box[0])
        matrix = np.array([[scale, 0, SIDE / 2 - middle[0] * scale], [0, scale, SIDE / 2 - middle[1] * scale]])
        crop = cv2.warpAffine(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_AREA)
        network.setInput(cv2.dnn.blobFromImage(crop, 1 / 255.0, swapRB=True))
        rows = network.forward().reshape(-1, 15)
        scores = rows[:, 4] * np.maximum(rows[:, 13], rows[:, 14])
        wanted = [SIDE / 2 - width / 2, SIDE / 2 - scale * (box[3] - box[1]) / 2, SIDE / 2 + width / 2, SIDE / 2 + scale * (box[3] - box[1]) / 2]
        for row, score in zip(rows[scores > best], scores[scores > best]):
            found = [row[0] - row[2] / 2, row[1] - row[3] / 2, row[0] + row[2] / 2, row[1] + row[3] / 2]
            if overlap(found, wanted) > 0.3:
                best = max(best, float(score))
    return best


def main():
    folder, own, other = sys.argv[1:4]
    cv2.setNumThreads(1)
    networks = cv2.dnn.readNetFromONNX(own), cv2.dnn.readNetFromONNX(other)
    photographs = Photographs(folder, os.path.join(os.path.dirname(os.path.abspath(__file__)), "labels.txt"))
    for name in photographs.names:
        picture = cv2.cvtColor(photographs.read(name), cv2.COLOR_RGB2BGR)
        known = [[x, y, x + width, y + height] for x, y, width, height, _ in photographs.boxes[name]]
        candidates = sorted((find for scale in (1.0, 0.5, 0.25) for find in finds(networks[0], picture, scale)), key=lambda find: -find[4])
        for box in candidates:
            if any(overlap(box, other) > 0.1 for other in known):
                continue
            known.append(box)
            if second(networks[1], picture, box) >= SECOND:
                print("%s %.0f %.0f %.0f %.0f 1" % (name, box[0], box[1], box[2] - box[0], box[3] - box[1]))


if __name__ == "__main__":
    main()
