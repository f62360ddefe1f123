package io.journeyman.recommendation.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.ProductId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeaningIndexTest {
    private static final Random DRAW = new Random(7);

    @Test
    void findsNearlyAllThatComparingEachByAllItsBytesFinds() {
        var index = new MeaningIndex();
        List<float[]> topics = IntStream.range(0, 40).mapToObj(i -> drawn()).toList();
        List<Meaning> meanings = new ArrayList<>();
        for (int i = 0; i < 8_000; i++) {
            meanings.add(Meaning.of(near(topics.get(i % topics.size()))));
        }
        index.put(learned(meanings));

        int found = 0;
        for (int i = 0; i < 30; i++) {
            Meaning asked = Meaning.of(near(topics.get(i % topics.size())));
            double[] cosines = meanings.stream()
                    .mapToDouble(meaning -> cosine(asked, meaning))
                    .toArray();
            List<ProductId> exact = IntStream.range(0, cosines.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer place) -> -cosines[place]))
                    .limit(10)
                    .map(MeaningIndexTest::id)
                    .toList();
            found += (int) index.nearest(asked, 10).stream()
                    .filter(near -> exact.contains(near.productId()))
                    .count();
        }

        assertThat(found).as("of 300").isGreaterThanOrEqualTo(290);
    }

    @Test
    void tellsHowNearEachIsAndReplacesWhatIsKnown() {
        var index = new MeaningIndex();
        Meaning asked = Meaning.of(drawn());
        Meaning other = Meaning.of(drawn());
        index.put(learned(List.of(other, asked)));

        assertThat(index.nearest(asked, 5)).hasSize(2);
        assertThat(index.nearest(asked, 1)).singleElement().satisfies(near -> {
            assertThat(near.productId()).isEqualTo(id(1));
            assertThat(near.cosine()).isBetween(0.999f, 1.001f);
        });

        index.put(learned(List.of(asked)));

        assertThat(index.size()).isEqualTo(2);
        assertThat(index.of(id(0))).contains(asked);
        assertThat(index.nearest(asked, 2))
                .allSatisfy(near -> assertThat(near.cosine()).isGreaterThan(0.999f));
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(new MeaningIndex().nearest(Meaning.of(drawn()), 10)).isEmpty();
        assertThat(new MeaningIndex().of(id(1))).isEmpty();
    }

    private static List<Learned> learned(List<Meaning> meanings) {
        return IntStream.range(0, meanings.size())
                .mapToObj(i -> new Learned(id(i), meanings.get(i), i))
                .toList();
    }

    private static ProductId id(int number) {
        return new ProductId("P-" + number);
    }

    private static float[] drawn() {
        float[] vector = new float[Meaning.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) DRAW.nextGaussian();
        }
        return vector;
    }

    private static float[] near(float[] topic) {
        float[] vector = drawn();
        for (int i = 0; i < vector.length; i++) {
            vector[i] = topic[i] + 0.7f * vector[i];
        }
        return vector;
    }

    private static double cosine(Meaning one, Meaning other) {
        byte[] a = one.bytes();
        byte[] b = other.bytes();
        double dot = 0;
        double lengthOfA = 0;
        double lengthOfB = 0;
        for (int i = 0; i < Meaning.DIMENSIONS; i++) {
            dot += a[i] * b[i];
            lengthOfA += a[i] * a[i];
            lengthOfB += b[i] * b[i];
        }
        return dot / Math.sqrt(lengthOfA * lengthOfB);
    }
}
