package io.journeyman.recommendation.meaning;

import java.util.Arrays;

/** What a text means: the direction of a sentence model's vector, in {@value #DIMENSIONS} signed bytes. Its length says nothing. */
public final class Meaning {
    static final int DIMENSIONS = 384;

    private final byte[] bytes;

    private Meaning(byte[] bytes) {
        this.bytes = bytes;
    }

    static Meaning of(byte[] bytes) {
        if (bytes.length != DIMENSIONS) {
            throw new IllegalArgumentException("a meaning has " + DIMENSIONS + " dimensions, not " + bytes.length);
        }
        return new Meaning(bytes.clone());
    }

    /** The largest component takes the whole byte. */
    static Meaning of(float[] vector) {
        float largest = Float.MIN_NORMAL;
        for (float component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        byte[] bytes = new byte[vector.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(vector[i] / largest * Byte.MAX_VALUE);
        }
        return of(bytes);
    }

    /** A copy. */
    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Meaning meaning && Arrays.equals(bytes, meaning.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
