# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills a folder with the pictures that labels.txt names, under the names that it has for them.

Of --caltech (folder "Faces" of Caltech 101), --portraits (folder "500 x 500" of inter-faces), --cmu (the archive of CMU Face Images at half
size) and --coco (folders with pictures of COCO) what is not given is left out.
"""
import argparse
import os
import shutil

import cv2
import numpy as np


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out")
    options.add_argument("--caltech")
    options.add_argument("--portraits")
    options.add_argument("--cmu")
    options.add_argument("--coco", nargs="*", default=[])
    chosen = options.parse_args()
    cmu = np.load(chosen.cmu, allow_pickle=True)["data"] if chosen.cmu else []
    folders = {"caltech": [chosen.caltech], "portraits": [chosen.portraits], "coco": chosen.coco}
    here = os.path.dirname(os.path.abspath(__file__))
    names = {line.split()[0] for line in open(os.path.join(here, "labels.txt"), encoding="utf-8") if line.strip() and not line.startswith("#")}
    for name in sorted(names):
        kind, file = name.split("/")
        target = os.path.join(chosen.out, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if kind == "cmu":
            index = int(os.path.splitext(file)[0])
            if index < len(cmu):
                cv2.imwrite(target, np.clip(cmu[index] * 255, 0, 255).astype(np.uint8))
            continue
        found = [path for path in (os.path.join(folder, file) for folder in folders[kind] if folder) if os.path.exists(path)]
        if found:
            shutil.copy(found[0], target)
        else:
            print("not there:", name)


if __name__ == "__main__":
    main()
