// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/policy.h"

namespace doorveil::pipeline::batch {

QByteArray examplePolicy()
{
    return R"(# What `doorveil-cli batch` does with each clip. Valid as it stands; lines that begin with # are remarks.
# Whatever is found is covered. Nothing in here can uncover anybody: that is done clip by clip, by a person.
version = 1

# Which files of a folder are clips. * stays within one folder, ** crosses folders; letter case does not count.
include = ["**/*.mp4", "**/*.mov", "**/*.mkv", "**/*.webm", "**/*.avi", "**/*.ts"]
exclude = ["**/thumbnails/**"]

# How covers look: blur and solid cannot be undone; mosaic is for looks only.
style = "blur"              # blur, solid or mosaic
cover = "head"              # face, head or person
audio = "mute"              # mute (no sound in the file) or keep
#trim = "00:00:00-00:00:30" # only this part of each clip

# The covered clip's file. crf 0 to 51, lower is better and larger; preset from ultrafast to placebo.
crf = 20
preset = "medium"
# {folder} {stem} {camera} {date} {time} {hash}; date and time as the maker's file name tells them.
name = "{folder}/{stem}.redacted"

# When somebody has to look before a clip is shared (exit code 5). These rules never change what is covered.
[review]
reasons = [
    "second-opinion",       # a second detector found somebody in the finished clip, who was then covered as well
    "damaged-frames",       # frames that decoded with errors
    "lost-frames",          # frames that did not decode and are left out
    "bridged-gap",          # a stretch between two finds without one
    "weak-score",           # somebody was found, but barely
    "basic-detectors",      # no downloaded detection model was there
    # "track-ends-inside",  # a cover ends in the middle of the picture
    # "motion-uncovered",   # something moved that nobody found
    # "person-without-face",# a body whose face was never found
    # "nobody-found",
]
#weak_score = 0.5           # without it: little over the detector's own threshold
#gap_seconds = 0.5          # without it: from 0.25 s on

[run]
#jobs = 2                   # clips at a time; --jobs decides where it is given
#memory_mb = 4000           # what all of them may use together; without it half of this machine's memory
settle_seconds = 10         # --watch: a file is done when nobody writes to it and it has not changed for so long

# An area that is covered in every clip. Corners in pixels or in per cent of the picture.
#[[zone]]
#label = "date and time"
#corners = "0%,0% 40%,0% 40%,6% 0%,6%"

# Rules for one camera; the first that matches a clip decides. Only what is named here changes.
#[[camera]]
#name = "garden gate"
#path = "gate/**"           # of the path below the input
#file = "RecM*"             # of the file name
#maker = "reolink"          # files named as this maker names them: reolink, eufy, arlo or blink
#style = "solid"
#cover = "person"
#audio = "mute"
#trim = "00:00:02-00:01:00"
#
#[[camera.zone]]
#label = "neighbour's window"
#corners = "1200,80 1500,80 1500,400 1200,400"
#during = "00:00:00-00:00:20"   # without it the whole clip
)";
}

} // namespace doorveil::pipeline::batch
