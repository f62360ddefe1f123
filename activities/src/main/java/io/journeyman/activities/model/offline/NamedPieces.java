package io.journeyman.activities.model.offline;

import io.journeyman.contracts.PricedLine;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of an order's lines a sentence means. */
final class NamedPieces {
    private static final Set<String> WHOLE = Set.of("all", "everything", "whole", "both");

    private final Set<String> words;

    NamedPieces(Collection<String> words) {
        this.words = Set.copyOf(words);
    }

    /** The lines that the words say most of; all, when they say so, or when there is only one; none, when it is not clear. */
    List<PricedLine> of(List<PricedLine> lines) {
        int most = lines.stream().mapToInt(this::fitting).max().orElse(0);
        if (lines.size() == 1 || (most == 0 && speaksOfAll())) {
            return lines;
        }
        List<PricedLine> best =
                lines.stream().filter(line -> most > 0 && fitting(line) == most).toList();
        return best.size() == 1 ? best : List.of();
    }

    private boolean speaksOfAll() {
        return words.stream().anyMatch(WHOLE::contains) || (words.contains("order") && !words.contains("from"));
    }

    private int fitting(PricedLine line) {
        Set<String> of = new HashSet<>(Interpreter.words(line.name() + " " + line.color()));
        of.removeIf(word -> Vocabulary.INSTANCE.isOrdinary(word) || !words.contains(word));
        return of.size();
    }
}
