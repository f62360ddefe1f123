package io.journeyman.activities.model.offline;

/** How many slips of a finger lie between two words: a letter too much, missing, wrong, or two in the wrong order. */
final class EditDistance {
    private EditDistance() {}

    static boolean within(String a, String b, int allowed) {
        return Math.abs(a.length() - b.length()) <= allowed && of(a, b) <= allowed;
    }

    static int of(String a, String b) {
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                slips[i][j] = i == 0 ? j : j == 0 ? i : cheapest(a, b, i, j, slips);
            }
        }
        return slips[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] slips) {
        int wrong = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(wrong, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, slips[i - 2][j - 2] + 1) : best;
    }
}
