package io.journeyman.api.imports;

import java.util.Arrays;

/**
 * The ids that a file has named so far, by 64 bits of each: 200,000 of them take 4 MB, and that two of them are taken for the
 * same is one chance in a billion.
 */
final class SeenIds {
    /** As many as a file may name. */
    static final int MOST = 4_000_000;

    private long[] slots = new long[1024];
    private int size;

    /** False when it was there before. */
    boolean add(String id) {
        if (size >= MOST) {
            throw new IllegalStateException("more than " + MOST + " ids");
        }
        long hash = hash(id);
        int at = slot(slots, hash);
        if (slots[at] == hash) {
            return false;
        }
        slots[at] = hash;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    boolean isFull() {
        return size >= MOST;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        Arrays.stream(slots).filter(hash -> hash != 0).forEach(hash -> larger[slot(larger, hash)] = hash);
        slots = larger;
    }

    /** Where it is, or the free place where it belongs. */
    private static int slot(long[] slots, long hash) {
        int at = (int) (hash & (slots.length - 1));
        while (slots[at] != 0 && slots[at] != hash) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    /** FNV-1a, then the finalizer of MurmurHash3, whose lower bits are as good as its upper ones; never 0. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
