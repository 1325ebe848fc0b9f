# SPDX-License-Identifier: GPL-3.0-or-later
"""The network: plates 16 to 170 pixels wide, one cell every 8 pixels; any input whose sides are multiples of 16.

Output: 5 values a cell: a logit of the score, and the natural logarithms of the distances from the cell's centre to the
left, top, right and bottom of the plate's box, in cells.
"""
import torch
from torch import nn

STRIDE = 8


class Block(nn.Sequential):
    def __init__(self, before, after, side=3, stride=1):
        super().__init__(nn.Conv2d(before, after, side, stride, side // 2, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = Block(channels, channels)
        self.second = Block(channels, channels)

    def forward(self, x):
        return x + self.second(self.first(x))


class PlateNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.fine = nn.Sequential(Block(3, 16, 3, 2), Block(16, 24, 3, 2), Residual(24))
        self.middle = nn.Sequential(Block(24, 48, 3, 2), Residual(48))
        self.coarse = nn.Sequential(Block(48, 80, 3, 2), Residual(80), Residual(80))
        self.lateral = Block(80, 48, 1)
        self.joined = Block(96, 64)
        self.head = nn.Conv2d(64, 5, 1)
        with torch.no_grad():
            self.head.bias[:] = torch.tensor([-4.5, 0.7, -0.3, 0.7, -0.3])

    def forward(self, x):
        middle = self.middle(self.fine(x))
        coarse = self.lateral(self.coarse(middle))
        coarse = nn.functional.interpolate(coarse, scale_factor=2.0, mode="nearest")
        return self.head(self.joined(torch.cat([middle, coarse], 1)))
