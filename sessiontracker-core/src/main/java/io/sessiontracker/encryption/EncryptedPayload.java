package io.sessiontracker.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The stored bytes of an encrypted state: a header (format, flags, the key's id with its length), the nonce, and what AES-GCM makes of
 * the state. The header and the session's address are authenticated as well, so that what is stored under one key cannot be read under
 * another.
 *
 * @param header all before the nonce
 * @param keyId of the key that encrypted it
 * @param compressed whether the plain bytes are compressed
 */
record EncryptedPayload(byte[] header, String keyId, boolean compressed, byte[] nonce, byte[] encrypted) {

    /** No JSON begins with it. */
    private static final byte FORMAT = (byte) 0xE1;

    private static final byte COMPRESSED = 1;
    private static final int HEADER = 3;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();

    static boolean isEncrypted(byte[] stored) {
        return stored.length > 0 && stored[0] == FORMAT;
    }

    /** @throws IllegalArgumentException if the bytes have another format */
    static EncryptedPayload parse(byte[] stored) {
        int idLength = stored.length < HEADER ? 0 : stored[2];
        int nonceAt = HEADER + idLength;
        if (idLength < 1 || stored.length < nonceAt + NONCE + TAG_BITS / Byte.SIZE || (stored[1] & ~COMPRESSED) != 0) {
            throw new IllegalArgumentException("its bytes are not what this release encrypts");
        }
        return new EncryptedPayload(
                Arrays.copyOf(stored, nonceAt),
                new String(stored, HEADER, idLength, StandardCharsets.US_ASCII),
                stored[1] == COMPRESSED,
                Arrays.copyOfRange(stored, nonceAt, nonceAt + NONCE),
                Arrays.copyOfRange(stored, nonceAt + NONCE, stored.length));
    }

    /** @param address what the result can be read as, and nothing else */
    static byte[] encrypt(EncryptionKey key, byte[] address, byte[] plain, boolean compressed)
            throws GeneralSecurityException {
        byte[] id = key.id().getBytes(StandardCharsets.US_ASCII);
        byte[] header = ByteBuffer.allocate(HEADER + id.length)
                .put(FORMAT)
                .put(compressed ? COMPRESSED : 0)
                .put((byte) id.length)
                .put(id)
                .array();
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key.key(), nonce, header, address);
        ByteBuffer stored = ByteBuffer.allocate(header.length + NONCE + cipher.getOutputSize(plain.length));
        stored.put(header).put(nonce);
        cipher.doFinal(ByteBuffer.wrap(plain), stored);
        return stored.array();
    }

    /** @throws GeneralSecurityException if the key or the address is another one, or a bit was changed */
    byte[] decrypt(EncryptionKey key, byte[] address) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, key.key(), nonce, header, address).doFinal(encrypted);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] header, byte[] address)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(address);
        return cipher;
    }
}
