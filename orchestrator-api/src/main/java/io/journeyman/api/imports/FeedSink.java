package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Takes what a reader finds in a file, row by row. */
interface FeedSink {
    /**
     * @param product an ImportProduct of recommendation's contract, not yet checked against it
     * @param lines where it and each of its variants begin in the file
     */
    void product(ObjectNode product, Lines lines);

    void refused(Refusal refusal);

    /** @param variants in the order of the product's variants */
    record Lines(long product, List<Long> variants) {
        Lines part(int from, int to) {
            return new Lines(variants.get(from), variants.subList(from, to));
        }
    }
}
