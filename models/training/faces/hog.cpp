// SPDX-License-Identifier: GPL-3.0-or-later
//
// What dlib's HOG detectors with a window of 32 pixels reach on the pictures that doorveil-face was trained on; see
// README.md.
//     hog train LIST OUT.svm      hog test LIST DETECTOR.svm...
// LIST has lines "picture x y width height"; a picture without a box shows nobody.
#include <dlib/data_io.h>
#include <dlib/image_io.h>
#include <dlib/image_processing.h>
#include <dlib/svm_threaded.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Scanner = dlib::scan_fhog_pyramid<dlib::pyramid_down<6>>;
using Detector = dlib::object_detector<Scanner>;
using Image = dlib::array2d<unsigned char>;

constexpr unsigned long window = 32;
constexpr double trainedWidth = 48.0; // pixels a face is scaled to before training
constexpr double smallestSought = 16.0; // pixels of the picture

struct Pictures
{
    std::vector<std::string> names;
    std::vector<std::vector<dlib::rectangle>> boxes;
};

/// Faces as squares, as the window is one.
Pictures readList(const std::string &path)
{
    Pictures read;
    std::map<std::string, std::size_t> known;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string name;
        double x = 0;
        double y = 0;
        double width = 0;
        double height = 0;
        fields >> name;
        if (known.emplace(name, read.names.size()).second) {
            read.names.push_back(name);
            read.boxes.emplace_back();
        }
        if (fields >> x >> y >> width >> height) {
            const auto side = (unsigned long)(0.5 * (width + height));
            const dlib::point middle(long(x + width / 2), long(y + height / 2));
            read.boxes[known[name]].push_back(dlib::centered_rect(middle, side, side));
        }
    }
    return read;
}

Image load(const std::string &path, double scale)
{
    Image picture;
    dlib::load_image(picture, path);
    if (scale != 1.0)
        dlib::resize_image(scale, picture);
    return picture;
}

dlib::rectangle scaled(const dlib::rectangle &box, double scale)
{
    return {long(double(box.left()) * scale), long(double(box.top()) * scale), long(double(box.right()) * scale),
            long(double(box.bottom()) * scale)};
}

int train(const std::string &list, const std::string &out)
{
    const Pictures pictures = readList(list);
    dlib::array<Image> images;
    std::vector<std::vector<dlib::rectangle>> boxes;
    for (std::size_t index = 0; index < pictures.names.size(); ++index) {
        const auto &here = pictures.boxes[index];
        const double scale = here.empty() ? 1.0 : std::min(3.0, trainedWidth / double(here.front().width()));
        Image picture = load(pictures.names[index], scale);
        std::vector<dlib::rectangle> found;
        for (const dlib::rectangle &box : here)
            found.push_back(scaled(box, scale));
        images.push_back(picture);
        boxes.push_back(found);
    }
    Scanner scanner;
    scanner.set_detection_window_size(window, window);
    dlib::structural_object_detection_trainer<Scanner> trainer(scanner);
    trainer.set_num_threads(2);
    trainer.set_c(300);
    trainer.set_epsilon(0.05);
    trainer.be_verbose();
    dlib::remove_unobtainable_rectangles(trainer, images, boxes);
    Detector detector = trainer.train(images, boxes);
    dlib::serialize(out) << detector;
    std::cout << dlib::test_object_detection_function(detector, images, boxes) << '\n';
    return 0;
}

int test(const std::string &list, const std::vector<std::string> &paths)
{
    std::vector<Detector> detectors(paths.size());
    for (std::size_t index = 0; index < paths.size(); ++index)
        dlib::deserialize(paths[index]) >> detectors[index];
    const Pictures pictures = readList(list);
    std::vector<double> hits; // the best score of each box that is found
    std::vector<double> others;
    std::size_t labels = 0;
    for (std::size_t index = 0; index < pictures.names.size(); ++index) {
        const double scale = double(window) / smallestSought;
        Image picture = load(pictures.names[index], scale);
        std::vector<dlib::rect_detection> finds;
        dlib::evaluate_detectors(detectors, picture, finds, -1.0);
        std::vector<double> best(pictures.boxes[index].size(), -9.0);
        for (const dlib::rect_detection &find : finds) {
            bool touches = false;
            for (std::size_t box = 0; box < best.size(); ++box) {
                const dlib::rectangle label = scaled(pictures.boxes[index][box], scale);
                const double common = double(label.intersect(find.rect).area());
                touches = touches || common > 0;
                if (common > 0.3 * double((label + find.rect).area()))
                    best[box] = std::max(best[box], find.detection_confidence);
            }
            if (!touches)
                others.push_back(find.detection_confidence);
        }
        labels += best.size();
        hits.insert(hits.end(), best.begin(), best.end());
    }
    for (const double threshold : {-0.6, -0.4, -0.2, 0.0, 0.2, 0.4}) {
        const auto above = [threshold](const std::vector<double> &scores) {
            return std::count_if(scores.begin(), scores.end(),
                                 [threshold](double score) { return score >= threshold; });
        };
        std::cout << "threshold " << threshold << ": " << above(hits) << " of " << labels << " faces, "
                  << double(above(others)) / double(pictures.names.size()) << " others a picture\n";
    }
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    const std::vector<std::string> given(arguments + 1, arguments + count);
    if (given.size() == 3 && given[0] == "train")
        return train(given[1], given[2]);
    if (given.size() >= 3 && given[0] == "test")
        return test(given[1], {given.begin() + 2, given.end()});
    std::cerr << "hog train LIST OUT.svm | hog test LIST DETECTOR.svm...\n";
    return 2;
}
