package io.journeyman.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncryptedPayloadsTest {
    private static final String A = "a:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";
    private static final String B = "b:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA";
    private static final Payload PLAIN = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"quote-1\""))
            .build();

    private final EncryptedPayloads codec = with(A);

    @Test
    void hidesContentAndKindAndGivesBothBack() {
        var hidden = codec.encode(List.of(PLAIN)).getFirst();

        assertThat(hidden.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("binary/encrypted");
        assertThat(hidden.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                .isEqualTo("a");
        assertThat(hidden.toByteString().toString(java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("quote", "json");
        assertThat(codec.decode(List.of(hidden))).containsExactly(PLAIN);
    }

    @Test
    void neverEncryptsTwiceTheSame() {
        var nonces = IntStream.range(0, 1_000)
                .mapToObj(_ -> encrypted(codec).getData().substring(0, 12));

        assertThat(nonces).doesNotHaveDuplicates();
    }

    @Test
    void readsWhatWasStoredBeforeThereWasEncryption() {
        assertThat(codec.decode(List.of(PLAIN, Payload.getDefaultInstance())))
                .containsExactly(PLAIN, Payload.getDefaultInstance());
    }

    @Test
    void encryptsWithTheFirstKeyAndStillReadsTheOldOne() {
        var old = encrypted(codec);
        var rotated = with(B + "," + A);

        var fresh = encrypted(rotated);

        assertThat(fresh.getMetadataOrThrow("encryption-key-id").toStringUtf8()).isEqualTo("b");
        assertThat(rotated.decode(List.of(old, fresh))).containsExactly(PLAIN, PLAIN);
        assertThatThrownBy(() -> codec.decode(List.of(fresh)))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("the key 'b', which is not among JOURNEYMAN_PAYLOAD_KEYS");
    }

    @Test
    void noticesAnyChange() {
        var hidden = encrypted(codec);
        byte[] data = hidden.getData().toByteArray();
        var flipped = IntStream.range(0, data.length).mapToObj(at -> {
            var changed = data.clone();
            changed[at] ^= 1;
            return changed;
        });
        var cut = Stream.of(new byte[0], new byte[11], new byte[12]);

        assertThat(Stream.concat(flipped, cut))
                .allSatisfy(changed -> assertThatThrownBy(() -> codec.decode(List.of(hidden.toBuilder()
                                .setData(ByteString.copyFrom(changed))
                                .build())))
                        .isInstanceOf(PayloadCodecException.class)
                        .hasMessageContaining("was changed"));
    }

    @Test
    void bindsTheKeysIdSoThatNobodyRelabelsAPayload() {
        var sameKeyTwice = with(A + ",z:" + A.substring(2));
        var relabelled = encrypted(codec).toBuilder()
                .putMetadata("encryption-key-id", ByteString.copyFromUtf8("z"))
                .build();

        assertThatThrownBy(() -> sameKeyTwice.decode(List.of(relabelled)))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void hidesWhatAFailureSaysButNotItsType() {
        var converter = new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(codec), true);

        var failure = converter.exceptionToFailure(
                ApplicationFailure.newFailure("no stock for Meera", "out_of_stock", "kurta-blue"));

        assertThat(failure.toString()).doesNotContain("Meera", "kurta-blue").contains("out_of_stock");
        assertThat(converter.failureToException(failure)).hasMessageContaining("no stock for Meera");
    }

    @Test
    void refusesKeysThatAreNoneAndNeverShowsOne() {
        var tooMany = String.join(
                ",", IntStream.range(0, 17).mapToObj(i -> i + A.substring(1)).toList());
        for (var wrong :
                List.of("", "a", A.substring(2), "a:", "a:dG9vIHNob3J0", A + "," + A, A + ",", "ä" + A, tooMany)) {
            assertThatThrownBy(() -> PayloadKeys.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain(A.substring(2));
        }
        assertThat(PayloadKeys.parse(" " + A + "= , " + B))
                .asString()
                .contains("a", "b")
                .doesNotContain("MDEy", "ZmVk");
    }

    private static EncryptedPayloads with(String keys) {
        return new EncryptedPayloads(PayloadKeys.parse(keys));
    }

    private static Payload encrypted(EncryptedPayloads codec) {
        return codec.encode(List.of(PLAIN)).getFirst();
    }
}
