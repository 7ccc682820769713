"""What a column's name and type suggest it holds, in several languages. Proposals, no more."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Class -> words of names; a word of several parts fits parts that follow each other.
_WORDS: dict[str, str] = {
    "email": "email e_mail mail mailadresse emailadresse correo courriel correo_electronico "
             "posta_elettronica epost e_post sahkoposti",
    "phone": "phone telephone telefon telefono telefone telefoon telefonnummer mobile mobil "
             "mobiltelefon movil celular cellulare handy handynummer tel msisdn fax portable "
             "rufnummer puhelin telefonnr",
    "name": "first_name last_name full_name fullname firstname lastname surname given_name "
            "family_name middle_name maiden_name contact_name customer_name person_name "
            "user_full_name vorname nachname familienname prenom nom nom_famille nom_complet "
            "nombre apellido apellidos nome cognome sobrenome voornaam achternaam imie nazwisko "
            "fornamn efternamn fornavn etternavn efternavn etunimi sukunimi display_name "
            "cardholder_name holder_name",
    "address": "address street street_address address_line address1 address2 addr strasse "
               "anschrift adresse hausnummer rue direccion calle domicilio indirizzo endereco "
               "rua adres straat ulica adress gata house_number",
    "postcode": "postcode zip zipcode zip_code postal_code postleitzahl plz code_postal "
                "codigo_postal cap cep postnummer kod_pocztowy postalcode",
    "location": "latitude longitude lat lng lon geolocation gps coordinates breitengrad "
                "laengengrad latlong lat_long",
    "birth_date": "birth_date date_of_birth dob birthdate birthday born_on born_at geburtsdatum "
                  "geburtstag date_naissance fecha_nacimiento data_nascita data_nascimento "
                  "geboortedatum data_urodzenia fodelsedatum fodselsdato",
    "gender": "gender sex geschlecht sexe sexo genere sesso geslacht plec kon kjonn",
    "national_id": "ssn social_security social_security_number national_id national_insurance nin "
                   "passport passport_number passport_no tax_id tin sin drivers_license "
                   "driver_license id_card personalausweis ausweisnummer steuernummer "
                   "sozialversicherungsnummer numero_securite_sociale nir dni nie nif curp "
                   "codice_fiscale cpf bsn pesel personnummer fodselsnummer hetu aadhaar",
    "card": "card_number credit_card creditcard card_no cc_number pan cvv cvc kartennummer "
            "kreditkarte carte_bancaire numero_carte tarjeta numero_tarjeta",
    "bank_account": "iban bic bank_account account_number bankkonto kontonummer sort_code "
                    "routing_number numero_compte cuenta_bancaria conto_corrente",
    "financial": "salary wage income gehalt lohn einkommen salaire revenu_personnel salario "
                 "ingresos stipendio reddito",
    "ip": "ip ip_address ip_addr ipaddress ipv4 ipv6 client_ip remote_addr ip_adresse",
    "device": "device_id mac_address imei idfa gaid advertising_id user_agent cookie_id "
              "device_fingerprint",
    "account": "username user_name login loginname benutzername nombre_usuario nom_utilisateur "
               "nome_utente gebruikersnaam handle twitter_handle",
    "credential": "password passwd passwort kennwort mot_passe mot_de_passe contrasena senha "
                  "wachtwoord haslo losenord api_key secret_key pin_code",
    "photo": "photo avatar_url photo_url profile_picture profile_image",
    "vehicle": "license_plate licence_plate number_plate kennzeichen plaque matricula targa vin",
    "health": "diagnosis medical_record icd10 blood_type blutgruppe medication allergies "
              "diagnose gesundheitszustand disability patient_id",
    "religion": "religion konfession religione religiao",
    "ethnicity": "ethnicity race nationality staatsangehoerigkeit nationalite nacionalidad",
    "orientation": "sexual_orientation",
    "politics": "political_party party_membership",
    "union": "trade_union union_membership gewerkschaft",
}  # fmt: skip
#: Words that make of a name something about the data, not the data.
_ABOUT = frozenset(
    """is has was are count cnt num number_of total sum avg hash hashed md5 sha sha1 sha256 masked
    token anonymized pseudonymized verified valid validated confirmed opt optin sent opened
    clicked bounced template subject campaign domain flag status type length id_hash enabled
    consent updated created at on pct rate ratio score server host""".split()
)
_TEXT = re.compile(r"char|text|string|varchar|json|variant|clob|name|unknown|object", re.IGNORECASE)
_TYPED = {
    "birth_date": re.compile(r"date|time|char|text|string|int", re.IGNORECASE),
    "location": re.compile(r"num|dec|float|double|real|geo|point|char|text|string", re.IGNORECASE),
    "financial": re.compile(r"num|dec|float|double|real|int|money|char|text|string", re.IGNORECASE),
    "ip": re.compile(r"inet|cidr|char|text|string|ip|int", re.IGNORECASE),
    "vehicle": _TEXT,
}
_NUMERIC_TOO = frozenset(
    ("phone", "national_id", "card", "bank_account", "postcode", "gender", "device", "health")
)
_BOOLEAN = re.compile(r"bool|bit", re.IGNORECASE)
_BY_PARTS: dict[tuple[str, ...], str] = {
    tuple(word.split("_")): name for name, words in _WORDS.items() for word in words.split()
}
_LONGEST = max(map(len, _BY_PARTS))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FOLDED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d"})


def name_parts(name: str) -> list[str]:
    """``customerEMail``, ``Customer-E-Mail`` as ``customer``, ``e``, ``mail``; without accents."""
    spaced = _CAMEL.sub("_", name).lower().replace("ä", "ae").replace("ö", "o").replace("ü", "u")
    plain = unicodedata.normalize("NFKD", spaced.translate(_FOLDED))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return [part for part in re.split(r"[^a-z0-9]+", letters) if part]


@lru_cache(maxsize=65_536)
def guesses(name: str) -> frozenset[str]:
    """The classes that a name suggests; none for what is only about such data."""
    parts = name_parts(name)
    if not parts or _ABOUT.intersection(parts):
        return frozenset()
    found = set()
    for start in range(len(parts)):
        for end in range(min(len(parts), start + _LONGEST), start, -1):
            known = _BY_PARTS.get(tuple(parts[start:end]))
            if known is not None:
                found.add(known)
                break
    if "email" in found:
        found.discard("address")  # an e-mail address
    if "ip" in found or "device" in found:
        found.discard("address")
    return frozenset(found)


def is_plausible(name: str, type_: str | None) -> bool:
    """Whether a column of that type can hold data of that class; yes when it has no type."""
    if not type_:
        return True
    if _BOOLEAN.search(type_):
        return False
    if name in _TYPED:
        return _TYPED[name].search(type_) is not None
    return name in _NUMERIC_TOO or _TEXT.search(type_) is not None
