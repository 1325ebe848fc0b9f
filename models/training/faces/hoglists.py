# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists for hog.cpp, "picture x y width height" a face: of people who look ahead, to the left and to the right, and of the stills to test with.

PICTURES, labels.txt and CMU.npz as for pictures.py; mirror images are written below LISTS. TESTDATA: docs/testing.md.
"""
import json
import os
import sys
import xml.etree.ElementTree as ElementTree

import cv2
import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "plates"))
from photographs import Photographs  # noqa: E402

POSES = {"forward": "frontal", "straight": "frontal", "left": "left", "right": "right"}
MIRRORED = {"frontal": "frontal", "left": "right", "right": "left"}
EVERY = 4  # of Caltech's, which show each person many times


def text(path, box):
    return " ".join([path] + [f"{value:g}" for value in box])


def trained(pictures, labels, cmu, out):
    poses = [str(label).split("_")[1] for label in np.load(cmu, allow_pickle=True)["labels"]]
    lists = {pose: [] for pose in MIRRORED}
    photographs = Photographs(pictures, labels)
    for name in photographs.names:
        boxes = photographs.boxes[name]
        path = os.path.join(pictures, name)
        kind, file = name.split("/")
        number = os.path.splitext(file)[0]
        if boxes[:, 4].any() or (kind == "caltech" and int(number[-4:]) % EVERY):
            continue
        if not len(boxes):
            for lines in lists.values():
                lines.append(path)
            continue
        pose = POSES.get(poses[int(number)] if kind == "cmu" else "straight")
        if pose is None:
            continue  # looks up
        picture = cv2.imread(path)
        mirror = os.path.join(out, "mirrored", name.replace("/", "_") + ".png")
        cv2.imwrite(mirror, picture[:, ::-1])
        for x, y, width, height, _ in boxes:
            lists[pose].append(text(path, [x, y, width, height]))
            lists[MIRRORED[pose]].append(text(mirror, [picture.shape[1] - x - width, y, width, height]))
    return lists


def stills(data):
    folder = os.path.join(data, "images")
    for file in ("training.xml", "testing.xml"):
        for image in ElementTree.parse(os.path.join(folder, "faces_dlib", file)).getroot().iter("image"):
            boxes = [[int(box.get(key)) for key in ("left", "top", "width", "height")] for box in image.iter("box") if box.get("ignore") != "1"]
            yield os.path.join(folder, "faces_dlib", image.get("file")), boxes
    for name, entry in json.load(open(os.path.join(folder, "faces_misc", "faces_gt.json"), encoding="utf-8"))["images"].items():
        yield os.path.join(folder, "faces_misc", name), [[left, top, right - left, bottom - top] for left, top, right, bottom in entry["faces"]]


def main():
    pictures, labels, cmu, out, data = sys.argv[1:6]
    os.makedirs(os.path.join(out, "mirrored"), exist_ok=True)
    lists = trained(pictures, labels, cmu, out)
    lists["stills"] = [line for path, boxes in stills(data) for line in ([text(path, box) for box in boxes] or [path])]
    for name, lines in lists.items():
        with open(os.path.join(out, name + ".txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        print(name, len(lines))


if __name__ == "__main__":
    main()
