{#- The classes of personal data that `lineage pii` knows, each with other words for it. -#}
{% macro _pii_classes() %}
    {{ return({
        "personal": [
            "pii", "personal_data", "person", "identifier", "yes", "true", "direct", "indirect",
        ],
        "sensitive": ["special", "special_category", "spi", "phi", "sensitive_data"],
        "name": ["full_name", "first_name", "last_name", "surname", "given_name", "family_name"],
        "email": ["e_mail", "mail", "email_address"],
        "phone": ["telephone", "mobile", "phone_number", "tel", "fax"],
        "address": ["street", "street_address", "postal_address", "home_address"],
        "postcode": ["zip", "zip_code", "postal_code", "zipcode"],
        "location": ["geo", "gps", "coordinates", "geolocation", "lat_long"],
        "birth_date": ["date_of_birth", "dob", "birthday", "birthdate"],
        "age": [],
        "gender": ["sex"],
        "national_id": [
            "ssn", "social_security", "tax_id", "passport", "id_number", "national_number",
            "government_id", "driver_license", "drivers_license",
        ],
        "card": ["credit_card", "card_number", "pan", "payment_card"],
        "bank_account": ["iban", "account_number", "bank"],
        "financial": ["salary", "income", "wage", "finance"],
        "ip": ["ip_address", "ipv4", "ipv6"],
        "device": [
            "device_id", "mac", "mac_address", "imei", "cookie", "advertising_id", "user_agent",
        ],
        "account": [
            "username", "user_name", "login", "user_id", "customer_id", "employee_id", "handle",
        ],
        "credential": ["password", "secret", "token_secret", "pin", "api_key"],
        "photo": ["image", "picture", "avatar", "voice", "video"],
        "vehicle": ["license_plate", "number_plate", "vin"],
        "health": ["medical", "diagnosis", "disability"],
        "biometric": ["fingerprint", "face"],
        "genetic": ["dna"],
        "ethnicity": ["race", "nationality", "ethnic_origin"],
        "religion": ["belief"],
        "politics": ["political", "political_opinion"],
        "union": ["trade_union"],
        "orientation": ["sexual_orientation", "sexuality"],
        "criminal": ["conviction", "criminal_record"],
        "text": ["free_text", "comment", "note", "message"],
    }) }}
{% endmacro %}
