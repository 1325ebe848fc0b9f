# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds and false finds of a network on labelled pictures, none of which it was trained on, and on copies smeared by so many pixels.

The folder is the test data's (docs/testing.md). A quick look while training; what counts is doorveil-bench-recall.
"""
import argparse
import glob
import json
import os

import cv2
import numpy as np

STRIDE = 8


class Finder:
    def __init__(self, path):
        self.path = path
        self.nets = {}

    def __call__(self, picture, weak, scales=(1.0, 0.5)):
        boxes, scores = [], []
        for scale in scales:
            size = [max(32, int(np.ceil(side * scale / 16)) * 16) for side in (picture.shape[1], picture.shape[0])]
            small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR) if scale != 1 else picture
            padded = cv2.copyMakeBorder(small, 0, size[1] - small.shape[0], 0, size[0] - small.shape[1], cv2.BORDER_CONSTANT)
            key = tuple(size)
            if key not in self.nets:
                if len(self.nets) > 8:
                    self.nets.clear()
                self.nets[key] = cv2.dnn.readNetFromONNX(self.path)
            self.nets[key].setInput(padded.astype(np.float32).transpose(2, 0, 1)[None])
            cells = self.nets[key].forward()[0]
            score = 1 / (1 + np.exp(-cells[0]))
            for row, column in zip(*np.nonzero(score >= weak)):
                left, top, right, bottom = np.exp(np.clip(cells[1:, row, column], -4, 5)) * STRIDE
                x, y = (column + 0.5) * STRIDE, (row + 0.5) * STRIDE
                boxes.append([(x - left) / scale, (y - top) / scale, (left + right) / scale, (top + bottom) / scale])
                scores.append(float(score[row, column]))
        kept = cv2.dnn.NMSBoxes(boxes, scores, weak, 0.3) if boxes else []
        return [(boxes[index], scores[index]) for index in np.array(kept).ravel()]


def smeared(picture, length):
    return cv2.blur(picture, (length, 1)) if length > 1 else picture


def labelled(data):
    for region in ("us", "eu", "br"):
        for path in sorted(glob.glob(f"{data}/images/plates_openalpr_{region}/*.txt")):
            fields = open(path, encoding="utf-8").read().split("\t")
            yield region, cv2.imread(os.path.join(os.path.dirname(path), fields[0])), [[float(value) for value in fields[1:5]]], []
    folder = f"{data}/images/plates_romanian"
    for name, entry in json.load(open(f"{folder}/plates_gt.json", encoding="utf-8"))["images"].items():
        yield "ro", cv2.imread(f"{folder}/{name}"), [[x, y, right - x, bottom - y] for x, y, right, bottom in entry["plates"]], []
    for file, key in (("romanian_plates_gt.json", None), ("plates_gt.json", "clips")):
        read = json.load(open(f"{data}/clips/dev/{file}", encoding="utf-8"))
        clips = read[key] if key else {"derived/romanian_plates_2fps.mp4": read["frames"]}
        for name, frames in clips.items():
            clip = cv2.VideoCapture(f"{data}/clips/dev/{name}")
            index = 0
            while True:
                good, frame = clip.read()
                if not good:
                    break
                if str(index) in frames:
                    entry = frames[str(index)]
                    plates, ignored = (entry["plates"], entry["ignore"]) if key else (entry, [])
                    sides = lambda boxes: [[x, y, right - x, bottom - y] for x, y, right, bottom in boxes]
                    yield os.path.basename(name)[:3], frame, sides(plates), sides(ignored)
                index += 1


def common(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, width) * max(0, height)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("network")
    options.add_argument("data")
    options.add_argument("--smear", type=int, nargs="*", default=[1, 7, 11])
    options.add_argument("--scales", type=float, nargs="*", default=[1.0, 0.5])
    options.add_argument("--show", help="folder for pictures of misses and false finds")
    chosen = options.parse_args()
    finder = Finder(chosen.network)
    limits = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    for length in chosen.smear:
        sums = {}
        for number, (group, picture, plates, ignored) in enumerate(labelled(chosen.data)):
            found = finder(smeared(picture, length), limits[0], chosen.scales)
            row = sums.setdefault(group, {"plates": 0, "pictures": 0, "hit": np.zeros(len(limits), int), "false": np.zeros(len(limits), int)})
            row["plates"] += len(plates)
            row["pictures"] += 1
            for index, limit in enumerate(limits):
                strong = [box for box, score in found if score >= limit]
                for label in plates:
                    row["hit"][index] += any(common(box, label) > 0.5 * label[2] * label[3] and common(box, label) > 0.2 * box[2] * box[3] for box in strong)
                row["false"][index] += sum(not any(common(box, label) > 0.3 * label[2] * label[3] for label in plates + ignored) for box in strong)
            if chosen.show:
                view = smeared(picture, length).copy()
                for x, y, width, height in plates:
                    cv2.rectangle(view, (int(x), int(y)), (int(x + width), int(y + height)), (0, 255, 0), 1)
                for (x, y, width, height), score in found:
                    cv2.rectangle(view, (int(x), int(y)), (int(x + width), int(y + height)), (0, 255, 255) if score >= 0.4 else (0, 120, 200), 2)
                    cv2.putText(view, f"{score:.2f}", (int(x), int(y) - 3), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 255, 255))
                cv2.imwrite(f"{chosen.show}/{length:02}-{group}-{number:03}.jpg", view)
        for group, row in sums.items():
            print(f"smear {length:2} {group:4} {row['plates']:3} plates, found at {limits}:", *row["hit"], "  false:", *row["false"], " of", row["pictures"], "pictures", flush=True)


if __name__ == "__main__":
    main()
