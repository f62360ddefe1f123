package io.journeyman.recommendation.meaning;

import io.journeyman.contracts.ProductId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The meanings of all products in memory, 436 bytes each. A search is exact to the bit and takes the same time
 * whatever is asked: the signs of a vector's components are compared for every product (six words of 64 bits; half of them
 * differ where two texts have nothing in common), and the {@value #LOOKED_AT_CLOSELY} that differ least are then compared by
 * all their bytes.
 */
public final class MeaningIndex {
    /** The memory that this bounds is 90 MB; what comes after these is found by its words alone. */
    static final int MOST_PRODUCTS = 200_000;

    static final int LOOKED_AT_CLOSELY = 1_000;
    private static final int WORDS = Meaning.DIMENSIONS / Long.SIZE;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<ProductId, Integer> places = new HashMap<>();
    private final List<ProductId> products = new ArrayList<>();
    private byte[] vectors = new byte[0];
    private long[] signs = new long[0];
    private float[] lengths = new float[0];

    /** Adds what is new and replaces what is known. */
    void put(List<Learned> learned) {
        lock.writeLock().lock();
        try {
            learned.forEach(this::put);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(Learned learned) {
        int place = places.getOrDefault(learned.productId(), products.size());
        if (place == MOST_PRODUCTS) {
            return;
        }
        if (place == products.size()) {
            places.put(learned.productId(), place);
            products.add(learned.productId());
            makeRoom(products.size());
        }
        byte[] bytes = learned.meaning().bytes();
        System.arraycopy(bytes, 0, vectors, place * Meaning.DIMENSIONS, Meaning.DIMENSIONS);
        System.arraycopy(signs(bytes), 0, signs, place * WORDS, WORDS);
        lengths[place] = length(bytes);
    }

    private void makeRoom(int count) {
        if (count > lengths.length) {
            int room = Math.min(MOST_PRODUCTS, Math.max(256, count + count / 2));
            vectors = Arrays.copyOf(vectors, room * Meaning.DIMENSIONS);
            signs = Arrays.copyOf(signs, room * WORDS);
            lengths = Arrays.copyOf(lengths, room);
        }
    }

    public int size() {
        lock.readLock().lock();
        try {
            return products.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    public Optional<Meaning> of(ProductId product) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(places.get(product))
                    .map(place -> Meaning.of(
                            Arrays.copyOfRange(vectors, place * Meaning.DIMENSIONS, (place + 1) * Meaning.DIMENSIONS)));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What lies in the middle between these products; empty when none of them is known. */
    public Optional<Meaning> between(List<ProductId> several) {
        lock.readLock().lock();
        try {
            float[] sum = new float[Meaning.DIMENSIONS];
            List<Integer> known = several.stream()
                    .filter(places::containsKey)
                    .map(places::get)
                    .toList();
            for (int place : known) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += vectors[place * Meaning.DIMENSIONS + i] / lengths[place];
                }
            }
            return known.isEmpty() ? Optional.empty() : Optional.of(Meaning.of(sum));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The products whose meaning is nearest, the nearest first, {@code most} at the most. */
    public List<Nearness> nearest(Meaning meaning, int most) {
        lock.readLock().lock();
        try {
            byte[] asked = meaning.bytes();
            float length = length(asked);
            return Arrays.stream(candidates(signs(asked)))
                    .mapToObj(place -> new Nearness(products.get(place), dot(asked, place) / (length * lengths[place])))
                    .sorted(Comparator.comparingDouble((Nearness near) -> near.cosine())
                            .reversed())
                    .limit(most)
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The places whose signs differ least; as many more as differ like the last of them. */
    private int[] candidates(long[] asked) {
        int count = products.size();
        short[] distances = new short[count];
        int[] at = new int[Meaning.DIMENSIONS + 1];
        for (int place = 0; place < count; place++) {
            int distance = 0;
            for (int word = 0; word < WORDS; word++) {
                distance += Long.bitCount(asked[word] ^ signs[place * WORDS + word]);
            }
            distances[place] = (short) distance;
            at[distance]++;
        }
        int farthest = 0;
        int reached = at[0];
        while (reached < Math.min(LOOKED_AT_CLOSELY, count)) {
            reached += at[++farthest];
        }
        int[] candidates = new int[reached];
        int next = 0;
        for (int place = 0; place < count; place++) {
            if (distances[place] <= farthest) {
                candidates[next++] = place;
            }
        }
        return candidates;
    }

    private int dot(byte[] asked, int place) {
        int from = place * Meaning.DIMENSIONS;
        int sum = 0;
        for (int i = 0; i < Meaning.DIMENSIONS; i++) {
            sum += asked[i] * vectors[from + i];
        }
        return sum;
    }

    private static float length(byte[] bytes) {
        int squares = 0;
        for (byte component : bytes) {
            squares += component * component;
        }
        return (float) Math.sqrt(Math.max(1, squares));
    }

    private static long[] signs(byte[] bytes) {
        long[] signs = new long[WORDS];
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] > 0) {
                signs[i / Long.SIZE] |= 1L << i;
            }
        }
        return signs;
    }
}
