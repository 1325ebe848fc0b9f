# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains on what dataset.py rendered. One thread; stops after so many minutes; keeps a checkpoint to go on from."""
import argparse
import math
import os
import time

import numpy as np
import torch
from torch.nn import functional

from network import STRIDE, PlateNetwork

CROP = 192
BATCH = 16


class Tiles:
    def __init__(self, folders):
        self.sets = [(np.load(os.path.join(folder, "tiles.npy"), mmap_mode="r"), np.load(os.path.join(folder, "boxes.npy"))) for folder in folders]
        self.rng = np.random.default_rng(7)

    def one(self):
        tiles, boxes = self.sets[int(self.rng.integers(len(self.sets)))]
        index = int(self.rng.integers(len(tiles)))
        x, y = self.rng.integers(0, tiles.shape[1] - CROP + 1, 2)
        tile = tiles[index, y:y + CROP, x:x + CROP].astype(np.float32) / 255
        found = boxes[index][boxes[index][:, 2] > 0].copy()
        found[:, 0] -= x
        found[:, 1] -= y
        if self.rng.random() < 0.5:  # characters the other way round are as good as letters of another alphabet
            tile = tile[:, ::-1]
            found[:, 0] = CROP - found[:, 0] - found[:, 2]
        if self.rng.random() < 0.15:
            tile = np.repeat(tile.mean(2, keepdims=True), 3, 2)
        gain = math.exp(self.rng.normal(0, 0.25))
        tile = np.clip(tile * gain + self.rng.normal(0, 0.04), 0, 1)
        return tile.transpose(2, 0, 1), found

    def batch(self):
        pairs = [self.one() for _ in range(BATCH)]
        return torch.from_numpy(np.stack([np.ascontiguousarray(tile) for tile, _ in pairs])).float(), [boxes for _, boxes in pairs]


def targets(batches):
    """Score (1, 0, or -1 for neither) and box distances a cell."""
    cells = CROP // STRIDE
    score = np.zeros((len(batches), cells, cells), np.float32)
    distances = np.zeros((len(batches), 4, cells, cells), np.float32)
    centres = (np.arange(cells) + 0.5) * STRIDE
    for index, boxes in enumerate(batches):
        for x, y, width, height, ignored in boxes:
            seen_x = min(x + width, CROP) - max(x, 0)
            seen_y = min(y + height, CROP) - max(y, 0)
            if seen_x <= 0 or seen_y <= 0:
                continue
            # Cells about the box, in it but away from its middle: neither.
            near_x = (centres > x - STRIDE / 2) & (centres < x + width + STRIDE / 2)
            near_y = (centres > y - STRIDE / 2) & (centres < y + height + STRIDE / 2)
            around = near_y[:, None] & near_x[None, :]
            score[index][around & (score[index] == 0)] = -1
            if ignored or seen_x * seen_y < 0.75 * width * height:
                continue
            middle_x, middle_y = x + width / 2, y + height / 2
            in_x = np.abs(centres - middle_x) <= max(0.25 * width, STRIDE / 2)
            in_y = np.abs(centres - middle_y) <= max(0.25 * height, STRIDE / 2)
            positive = in_y[:, None] & in_x[None, :]
            score[index][positive] = 1
            sides = np.stack(np.broadcast_arrays((centres - x)[None, :], (centres - y)[:, None], (x + width - centres)[None, :],
                                                 (y + height - centres)[:, None])) / STRIDE
            distances[index][:, positive] = np.maximum(sides[:, positive], 0.05)
    return torch.from_numpy(score), torch.from_numpy(distances)


def loss_of(output, score, distances):
    logit = output[:, 0]
    probability = torch.sigmoid(logit)
    positive = score > 0
    count = positive.sum().clamp(min=1)
    # Focal loss (Lin et al. 2017), gamma 2, alpha 0.5.
    hit = functional.binary_cross_entropy_with_logits(logit, (score > 0).float(), reduction="none")
    off = torch.where(positive, 1 - probability, probability)
    focal = (off * off * hit)[score >= 0].sum() / count
    mask = positive.unsqueeze(1).expand_as(distances)
    wanted = distances[mask].view(-1) if positive.any() else None
    if wanted is None:
        return focal, torch.zeros(())
    found = output[:, 1:].permute(0, 2, 3, 1)[positive].clamp(-4, 5).exp()
    wanted = distances.permute(0, 2, 3, 1)[positive]
    width = torch.minimum(found[:, 0], wanted[:, 0]) + torch.minimum(found[:, 2], wanted[:, 2])
    height = torch.minimum(found[:, 1], wanted[:, 1]) + torch.minimum(found[:, 3], wanted[:, 3])
    common = width * height
    union = (found[:, 0] + found[:, 2]) * (found[:, 1] + found[:, 3]) + (wanted[:, 0] + wanted[:, 2]) * (wanted[:, 1] + wanted[:, 3]) - common
    overlap = -torch.log((common / union).clamp(min=0.02))
    return focal, overlap.mean()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tiles", nargs="+", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--go-on", help="a checkpoint")
    options.add_argument("--steps", type=int, default=0, help="instead of minutes: the same result on every machine with its kind of CPU")
    options.add_argument("--bfloat16", action="store_true", help="convolutions in values of 16 bits: twice as fast on processors that have them")
    chosen = options.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    network = PlateNetwork().to(memory_format=torch.channels_last)
    print(sum(value.numel() for value in network.parameters()), "parameters")
    average = PlateNetwork()
    if chosen.go_on:
        network.load_state_dict(torch.load(chosen.go_on)["network"])
    average.load_state_dict(network.state_dict())
    decayed = [value for value in network.parameters() if value.dim() > 1]
    others = [value for value in network.parameters() if value.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 1e-2}, {"params": others, "weight_decay": 0.0}], lr=chosen.rate)
    tiles = Tiles(chosen.tiles)
    begin, step, sums = time.time(), 0, np.zeros(2)
    network.train()
    while True:
        done = step / chosen.steps if chosen.steps else (time.time() - begin) / (60 * chosen.minutes)
        if done >= 1:
            break
        warm = min(1.0, (step + 1) / 200)
        for group in optimizer.param_groups:
            group["lr"] = chosen.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        pictures, boxes = tiles.batch()
        score, distances = targets(boxes)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=chosen.bfloat16):
            output = network(pictures.contiguous(memory_format=torch.channels_last))
        focal, box = loss_of(output.float(), score, distances)
        optimizer.zero_grad()
        (focal + box).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        keep = min(0.998, (step + 1) / (step + 20))
        with torch.no_grad():
            for ours, theirs in zip(average.state_dict().values(), network.state_dict().values()):
                if ours.dtype.is_floating_point:
                    ours.mul_(keep).add_(theirs, alpha=1 - keep)
        sums += [float(focal), float(box)]
        step += 1
        if step % 100 == 0:
            print(f"{step} {time.time() - begin:.0f} s, score {sums[0] / 100:.3f}, box {sums[1] / 100:.3f}", flush=True)
            sums[:] = 0
        if step % 500 == 0:
            torch.save({"network": network.state_dict(), "average": average.state_dict()}, chosen.out)
    torch.save({"network": network.state_dict(), "average": average.state_dict()}, chosen.out)


if __name__ == "__main__":
    main()
