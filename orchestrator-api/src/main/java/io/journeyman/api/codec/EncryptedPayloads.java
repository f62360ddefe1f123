package io.journeyman.api.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts whatever the engine stores of workflows: arguments, results, details of failures, memo. AES-256-GCM, with a random
 * nonce of 96 bits in front of the ciphertext, and with the key's id, which stands in the payload's metadata, authenticated along
 * with it. A key is good for 2³² payloads (NIST SP 800-38D, 8.3). What was stored without encryption is read as it is, so that
 * workflows from before go on.
 */
public final class EncryptedPayloads implements PayloadCodec {
    private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/encrypted");
    private static final String KEY_ID = "encryption-key-id";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final PayloadKeys keys;
    private final SecureRandom random = new SecureRandom();

    public EncryptedPayloads(PayloadKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::encrypted).toList();
    }

    /** @throws PayloadCodecException when a payload's key is not among ours, or the payload was changed */
    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decrypted).toList();
    }

    private Payload encrypted(Payload plain) {
        String id = keys.current();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key(id), nonce, id).doFinal(plain.toByteArray());
            return Payload.newBuilder()
                    .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ENCODING)
                    .putMetadata(KEY_ID, ByteString.copyFromUtf8(id))
                    .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new PayloadCodecException("a payload could not be encrypted", e);
        }
    }

    private Payload decrypted(Payload payload) {
        if (!ENCODING.equals(payload.getMetadataMap().get(EncodingKeys.METADATA_ENCODING_KEY))) {
            return payload;
        }
        String id = payload.getMetadataOrDefault(KEY_ID, ByteString.EMPTY).toStringUtf8();
        SecretKey key = key(id);
        byte[] data = payload.getData().toByteArray();
        if (data.length < NONCE_BYTES) {
            throw changed(id);
        }
        var nonce = new byte[NONCE_BYTES];
        System.arraycopy(data, 0, nonce, 0, NONCE_BYTES);
        try {
            return Payload.parseFrom(
                    cipher(Cipher.DECRYPT_MODE, key, nonce, id).doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            throw changed(id);
        } catch (GeneralSecurityException | InvalidProtocolBufferException e) {
            throw new PayloadCodecException("a payload could not be decrypted", e);
        }
    }

    private SecretKey key(String id) {
        return keys.key(id)
                .orElseThrow(() -> new PayloadCodecException(
                        "a payload is encrypted with the key '%.32s', which is not among JOURNEYMAN_PAYLOAD_KEYS"
                                .formatted(id)));
    }

    private static PayloadCodecException changed(String id) {
        return new PayloadCodecException(
                "a payload was changed after its encryption, or its key '%s' is not the one it was encrypted with"
                        .formatted(id));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String id) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
