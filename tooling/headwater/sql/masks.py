"""What a call leaves of its argument's value: all, a part, a pseudonym, nothing, or more again.

Levels are bits that imply each other, so that *the least masked of several paths* is the bits they
share and *one mask after another* is the bits they have together: PARTIAL; PARTIAL | MASKING for a
pseudonym; PARTIAL | MASKING | COUNTED where nothing of the value is left. What is not known here
leaves everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.edges import CALLS, FIRST_CALL, EdgeFlag
from headwater.sql.cuts import are_letters
from headwater.sql.flows import Col
from headwater.sql.functions import AGGREGATES, ARGUMENT_TABLES, UNTYPED, base_name
from headwater.sql.mask_rules import PARTLY, is_named_uuid, masks_by_pattern
from headwater.sql.slices import is_slice, is_small_slice

if TYPE_CHECKING:
    from headwater.sql.flow import Flow

PART = int(EdgeFlag.PARTIAL)
PSEUDONYM = PART | int(EdgeFlag.MASKING)
NOTHING_LEFT = PSEUDONYM | int(EdgeFlag.COUNTED)
REVEALED = int(EdgeFlag.REVEALED)
_MARKED = int(EdgeFlag.MARKED)

#: The words of a mark (docs/decisions/0010) and what they leave.
MARKS = {
    **dict.fromkeys(("hash", "token", "encrypt", "shift"), PSEUDONYM | _MARKED),
    **dict.fromkeys(("partial", "redact", "generalize", "noise", "shuffle"), PART | _MARKED),
    "constant": NOTHING_LEFT | _MARKED,
    "reveal": REVEALED,
}
KNOWN = AGGREGATES | ARGUMENT_TABLES  #: that they leave everything is known
MARK = "headwater_mask_"  #: how the name of a call that stands for a mark begins
#: Marks around a look-up in a vault: the column that it is looked up by stands in its condition.
LOOKED_UP = frozenset((MARK + "token", MARK + "reveal"))
_OWN_TABLES = frozenset(("masking_keys", "token_vault", "erased_subjects"))
_MARK = re.compile(rf"\(\s*/\*\s*headwater:mask=({'|'.join(MARKS)})(?=[\s*])[^*]*\*/")


def with_marks(sql: str) -> str:
    """The text with marks as calls; every other character stays where it is."""
    return _MARK.sub(_as_call, sql) if "headwater:mask=" in sql else sql


def _as_call(match: re.Match[str]) -> str:
    return f" {MARK}{match[1]}(".ljust(len(match[0]))


def unmarked(node: exp.Expr) -> exp.Expr:
    """What a mark stands around, as a parenthesis; any other node is returned as it is."""
    if isinstance(node, exp.Anonymous) and str(node.this).startswith(MARK) and node.expressions:
        return exp.Paren(this=node.expressions[0].copy())
    return node


def is_of_a_mask(table: exp.Expr) -> bool:
    """Whether a table is one of our masks' own, of keys or tokens, read inside of a mark."""
    node: exp.Expr | None = table if table.name in _OWN_TABLES else None
    while node is not None:
        if isinstance(node, exp.Anonymous) and str(node.this).startswith(MARK):
            return True
        node = node.parent
    return False


# -- functions by class and by name ---------------------------------------------------------------


def _classes(names: str) -> tuple[type, ...]:
    return tuple(getattr(exp, name) for name in names.split() if hasattr(exp, name))


_LEFT: dict[type, int] = {
    **dict.fromkeys(
        _classes(
            "MD5 MD5Digest MD5NumberLower64 MD5NumberUpper64 SHA SHA1Digest SHA2 SHA2Digest "
            "FarmFingerprint CityHash64 StandardHash Minhash HashAgg Encrypt EncryptRaw"
        ),
        PSEUDONYM,
    ),
    **dict.fromkeys(
        _classes("Count CountIf ApproxDistinct Hll BitmapCount RegrCount Typeof JSONType"),
        NOTHING_LEFT,
    ),
    **dict.fromkeys(_classes("Decrypt DecryptRaw"), REVEALED),
    **dict.fromkeys(
        _classes(
            "Soundex SoundexP123 Length BitLength ByteLength StrPosition RegexpInstr RegexpCount "
            "Levenshtein JarowinklerSimilarity ArraySize JSONArrayLength Ascii Unicode StartsWith "
            "EndsWith Contains Year Month Quarter Week WeekOfYear DayOfWeek DayOfWeekIso "
            "DayOfMonth DayOfYear Dayname Monthname YearOfWeek YearOfWeekIso Sign WidthBucket "
            "LastDay RegDomain ArrayPosition"
        ),
        PART,
    ),
}  # fmt: skip
#: Aggregates that blend the values of several rows: of a group of one they leave all.
_BLENDS = _classes(
    "Avg Sum Stddev StddevPop StddevSamp Variance VariancePop Corr CovarPop CovarSamp Skewness "
    "Kurtosis RegrAvgx RegrAvgy RegrIntercept RegrR2 RegrSlope RegrSxx RegrSxy RegrSyy LogicalAnd "
    "LogicalOr"
)
_BLEND_NAMES = frozenset(
    """avg sum total bool_and bool_or every favg fsum geomean kurtosis mad regr_avgx regr_avgy
    regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy skewness stddev_pop
    stddev_samp sum_no_overflow sumif sumkahan sumwithoverflow var_pop var_samp varpop varsamp
    stddevpop stddevsamp""".split()
)
_NAMES: dict[str, int] = {
    **dict.fromkeys(
        """blake2b blake2b_256 blake3 cityhash64 cityhash_64 crc32 crc32c crypt digest ecb_encrypt
        farm_fingerprint64 farm_hash64 farmfingerprint64 farmhash64 fnv_hash fnvhash func_sha1
        gost halfmd5 hash hash_sha256 hash_sha512 hash_md5 hash_bytes hashbytes hashtext
        hashtextextended hash_record_extended hex_md5 hmac hmac_md5 hmac_sha1 hmac_sha256
        hmac_sha512 hmacsha256 inthash32 inthash64 javahash jumpconsistenthash kafkamurmurhash
        mask_hash md5_binary md5_digest md5_hex md5_number md5_number_lower64 md5_number_upper64
        metrohash64 murmur3 murmurhash murmurhash2_32 murmurhash2_64 murmurhash3 murmurhash3_32
        murmurhash3_64 murmurhash3_128 ora_hash sha1 sha1_binary sha1_hex sha224 sha2_binary
        sha2_hex sha256 sha384 sha3 sha3_256 sha512 sha512_256 siphash64 siphash64keyed siphash128
        siphash_64 spooky_hash_v2_32 spooky_hash_v2_64 standard_hash strleft_hash wyhash64 xxh3
        xxh64 xxhash32 xxhash64 xxhash xxhash_64 keccak256 binary_checksum checksum
        uuid_generate_v3 uuid_generate_v5 uuid_v5 generateuuidv5 hash_id
        aes_encrypt aes_encrypt_mysql deterministic_encrypt dlp_deterministic_encrypt
        encrypt encrypt_aes encrypt_iv encrypt_raw encryptbycert encryptbyasymkey encryptbykey
        encryptbypassphrase pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_encrypt
        pgp_sym_encrypt_bytea aead_encrypt ff3_encrypt fpe_encrypt
        crypto_aead_det_encrypt hash_agg""".split(),
        PSEUDONYM,
    ),
    **dict.fromkeys(
        """count uniq uniqexact uniqcombined uniqcombined64 uniqhll12 uniqtheta approx_distinct
        approx_count_distinct approximate_count_distinct count_big hll hll_accumulate hll_combine
        hll_cardinality hll_estimate hll_create_sketch hll_add_agg bitmap_construct_agg
        count_distinct isnull isnotnull nonnull empty notempty num_nulls num_nonnulls typeof
        pg_typeof json_typeof jsonb_typeof list_unique""".split(),
        NOTHING_LEFT,
    ),
    **dict.fromkeys(
        """mask_pan mask_pan_relaxed mask_ssn mask_iban
        mask_canada_sin mask_uk_nin mask_uuid ai_mask ai_redact array_length
        json_array_length jsonb_array_length cardinality octet_length bit_length char_length
        character_length data_length soundex
        metaphone dmetaphone dmetaphone_alt difference double_metaphone levenshtein
        jaro_winkler_similarity jaro_similarity jaccard editdistance similarity word_similarity
        hamming mismatches isfinite width_bucket ntile starts_with ends_with contains
        startswith endswith bucket regexp_like toyear tomonth toquarter toweek
        todayofweek todayofmonth todayofyear toisoyear toisoweek toyyyymm decade century millennium
        prefix suffix likeany isnumeric isdate is_valid_utf8 json_valid strlen lengthutf8 patindex
        countsubstrings bit_count bitcount pg_column_size find_in_set domain domainwithoutwww
        family masklen""".split(),
        PART,
    ),
    **dict.fromkeys(
        """aes_decrypt aes_decrypt_mysql decrypt decrypt_iv decrypt_raw decryptbycert
        decryptbyasymkey decryptbykey decryptbykeyautocert decryptbypassphrase
        deterministic_decrypt_string deterministic_decrypt_bytes dlp_deterministic_decrypt
        decrypt_bytes decrypt_string detokenize ff3_decrypt fpe_decrypt pgp_pub_decrypt
        pgp_pub_decrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea try_aes_decrypt try_decrypt
        try_decrypt_raw unmask crypto_aead_det_decrypt""".split(),
        REVEALED,
    ),
}
#: The functions of PostgreSQL Anonymizer, which have names that others use too.
_ANON = {
    **dict.fromkeys(("hash", "digest"), PSEUDONYM),
    **dict.fromkeys(("partial", "partial_email", "noise", "dnoise", "image_blur"), PART),
}
_ANON_FAMILIES = {"pseudo_": PSEUDONYM, "generalize_": PART, "fake_": NOTHING_LEFT,
                  "dummy_": NOTHING_LEFT, "random_": NOTHING_LEFT}  # fmt: skip


def numbering(col: Col) -> Col:
    """A column that numbers the elements of a value: as much of it as its length is."""
    direct = {s: (f[0], f[1] | PART, *f[2:]) for s, f in col.direct.items()}
    return Col(direct, col.steer, col.flags)


def masked(flow: Flow, node: exp.Expr, name: str, flags: int) -> int:
    """The flags of what stands inside a call, given those of the call."""
    if name.startswith(MARK):
        return _with(flags, MARKS.get(name[len(MARK) :], 0))
    known = _anonymizer(node, name) if name else None
    if known is None:
        known = _NAMES.get(name) if name else _LEFT.get(node.__class__)
    if known is None:
        known = _ruled(flow, node, name)
    if known is None and isinstance(node, exp.Anonymous) and name not in KNOWN:
        return flags | flow.walk.script.calls.bit(_qualified(node))
    return _with(flags, known) if known else flags


def _with(flags: int, left: int) -> int:
    """One more mask inside: what is decrypted outside undoes it."""
    return flags if flags & REVEALED and left != REVEALED else flags | left


def _ruled(flow: Flow, node: exp.Expr, name: str) -> int | None:
    """What depends on the arguments, or on what stands around."""
    if isinstance(node, _BLENDS) or name in _BLEND_NAMES:
        return 0 if _is_running(node) else PART
    rule: Callable[[exp.Expr], bool] | None = PARTLY.get(name or node.__class__.__name__.lower())
    if rule is not None:
        is_part = rule(node)
        if isinstance(node, exp.RegexpReplace) and flow.walk.context.dialect == "redshift":
            is_part = masks_by_pattern(node, only_first=False)
        return PART if is_part else 0
    if isinstance(node, exp.Predicate):
        return PART
    if is_slice(node, name):
        return PART if is_small_slice(flow, node) else 0
    if isinstance(node, exp.Uuid):
        return PSEUDONYM if is_named_uuid(node) else 0
    return None if isinstance(node, UNTYPED) else _LEFT.setdefault(node.__class__, 0)


def mapped(flow: Flow, node: exp.Expr, name: str, flags: int) -> int:
    """The flags of a list whose elements a lambda changes: ``transform(l, x -> f(x))``."""
    if (name or node.key) not in _MAPS:
        return flags
    body = next((each for each in _arguments(node) if isinstance(each, exp.Lambda)), None)
    if body is None:
        return flags
    names = {p.name.lower() for p in body.args.get("expressions") or ()}
    found: int | None = None
    for variable in body.this.find_all(exp.Identifier):
        if variable.name.lower() in names:
            left = _down_to(flow, body.this, variable)
            found = left if found is None else found & left
    if found is None or flags & REVEALED or any(map(are_letters, _arguments(node))):
        return flags  # what is left of each sign, in its place, is the value in another script
    return flags | found


def _arguments(node: exp.Expr) -> list[exp.Expr]:
    found: list[exp.Expr] = []
    for value in node.args.values():
        found += value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, exp.Expr)]


def methods_leave(flow: Flow, receiver: exp.Expr, methods: list[exp.Expr]) -> int:
    """What ``receiver.lower().md5()`` leaves of the receiver."""
    call = receiver.copy()
    call.meta["receiver"] = True
    for method in methods:
        if not isinstance(method, exp.Anonymous):
            return 0
        arguments = [each.copy() for each in method.expressions]
        with suppress(ValueError, SqlglotError):
            call = exp.func(str(method.this), call, *arguments, dialect=flow.walk.context.dialect)
            continue
        return 0
    inside = next((c for c in call.find_all(exp.Column) if c.meta.get("receiver")), call)
    return _down_to(flow, call, inside)


_MAPS = frozenset("transform list_transform list_apply apply array_transform arraymap".split())


def _down_to(flow: Flow, root: exp.Expr, inside: exp.Expr) -> int:
    """What the calls between the root and a part of it leave of that part."""
    way: list[exp.Expr] = []
    node: exp.Expr | None = inside
    while node is not None and node is not root:
        node = node.parent
        if isinstance(node, exp.Func):
            way.append(node)
    flags = 0
    for call in reversed(way):
        flags = masked(flow, call, base_name(call) if isinstance(call, UNTYPED) else "", flags)
    return flags & NOTHING_LEFT


def _is_running(node: exp.Expr) -> bool:
    """Whether an aggregate is one of a window with an order: its steps give each value away."""
    around = node.parent
    while isinstance(around, (exp.Filter, exp.IgnoreNulls, exp.RespectNulls)):
        around = around.parent
    if not isinstance(around, exp.Window):
        return False
    return any(around.args.get(key) is not None for key in ("order", "spec", "alias"))


def _anonymizer(node: exp.Expr, name: str) -> int | None:
    around = node.parent
    if not isinstance(around, exp.Dot) or str(around.this.name).lower() != "anon":
        return None
    family = next((left for start, left in _ANON_FAMILIES.items() if name.startswith(start)), None)
    return _ANON.get(name, family)


def _qualified(node: exp.Expr) -> str:
    """``analytics.scramble`` of a call, in lower case."""
    name, around = base_name(node), node.parent
    while isinstance(around, exp.Dot) and around.expression is node:
        name, node, around = f"{around.this.name}.{name}".lower(), around, around.parent
    return name


# -- set of calls ---------------------------------------------------------------------------------


class Calls:
    """The functions of one text that are not known here: one bit of an edge's flags for each.

    Beyond ``CALLS`` of them no bit is left; what they do is then not known, which is safe.
    """

    __slots__ = ("names",)

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def bit(self, name: str) -> int:
        """The flag of a function."""
        at = self.names.setdefault(name, len(self.names))
        return FIRST_CALL << at if at < CALLS else 0
