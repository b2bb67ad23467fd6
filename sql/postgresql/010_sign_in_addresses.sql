-- // sign in addresses
-- From where an account was entered by its password: IPv4 addresses, IPv6 networks. Wrong passwords from elsewhere do not
-- lock these out. At most twenty are kept of an account.

CREATE TABLE sign_in_addresses (
    user_id      BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address      TEXT NOT NULL,
    signed_in_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, address)
);

-- //@UNDO
DROP TABLE sign_in_addresses;
