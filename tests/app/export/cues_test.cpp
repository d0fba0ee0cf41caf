#include "app/export/cues.h"

#include <gtest/gtest.h>

namespace poolscope::exporting {
namespace {

constexpr std::int64_t kS = 1'000'000'000;

TEST(Cues, GoOnWhileTheTextStays) {
  Cues cues;
  add_text(cues, "G0 puts #1.", 0, kS / 2);
  add_text(cues, "G0 puts #1.", kS / 2, kS);
  add_text(cues, "", kS, 2 * kS);
  add_text(cues, "G0 puts #1.", 2 * kS, 3 * kS);
  add_text(cues, "G1 steals #1.", 3 * kS, 4 * kS);
  EXPECT_EQ(cues, (Cues{{0, kS, "G0 puts #1."},
                        {2 * kS, 3 * kS, "G0 puts #1."},
                        {3 * kS, 4 * kS, "G1 steals #1."}}));
}

TEST(Cues, AreNumberedInSubRip) {
  EXPECT_EQ(srt_of({{0, kS, "one"}, {3'723'004'000'000, 3'723 * kS + kS / 2, "two"}}),
            "1\n00:00:00,000 --> 00:00:01,000\none\n\n"
            "2\n01:02:03,004 --> 01:02:03,500\ntwo\n\n");
}

TEST(Cues, AreEscapedInWebVtt) {
  EXPECT_EQ(vtt_of({{0, kS, "<script> & --> %n%s"}}),
            "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n&lt;script&gt; &amp; --&gt; %n%s\n\n");
}

TEST(Cues, StayOnOneLine) {
  EXPECT_EQ(srt_of({{0, kS, "a\n\n2\nb\x01"}}), "1\n00:00:00,000 --> 00:00:01,000\na  2 b \n\n");
}

TEST(Cues, AreChaptersForFfmpeg) {
  EXPECT_EQ(ffmetadata_of({{0, kS, ""}, {kS, 2 * kS, "a=b; #1 \\ [CHAPTER]\nx"}}),
            ";FFMETADATA1\n"
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=\n"
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=2000\n"
            "title=a\\=b\\; \\#1 \\\\ [CHAPTER] x\n");
}

}  // namespace
}  // namespace poolscope::exporting
