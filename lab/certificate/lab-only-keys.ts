import { createPrivateKey, type KeyObject } from 'node:crypto';

/** The kinds of key that a lab certificate can have. */
export type KeyKind = 'rsa2048' | 'rsa1024' | 'rsa512' | 'ec256';

/**
 * Private keys of the lab alone, PKCS #8 in base64: made once, guarding nothing, kept here so that making a
 * certificate takes a millisecond and the same certificate comes out each time.
 */
const labOnlyKeys = {
  rsa2048:
    'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCyiWKmRvhT++LzdlqX8zlQrcb7RW/Ig9JOl7PvwXmyWvuR' +
    'Pozg36VPydV0pZRz9HLxabjCkP+OYRrpy5kXn4Amzi6NebJy2B5uPNPN7pOozExDq4O97uad6DDRNFFCj1qTvPUgNAxhdgde' +
    'rnLHJlOE5ndjDJyn7TCu8kljdipGLU62nKOyr3c3KGpvWco1dP5eTw9GNhYdNrVb3o7dvZIQ8SaNi4vC+vWJ4Jn4bx0Q35wv' +
    'hJr7jk5rAQDYJe6dvgWUJV19hUPFJnurIVI8GUYlAl+iKv8E6NxPJpnDnDT5u8N8IaJy1axbsHHk0+XhW7b477JYo+fzppib' +
    'osyz2JBvAgMBAAECggEAP9Ow4lwN7ExpOvvNcHRCQc8Wi38r8uX5miJO8EBdZv9y316a08vwmCFCgASwGXJDY34V0O0wh7C8' +
    'g+fHL/RURstARlDDFJ6h5mw1lnIb9OUwwKKBIzZU2RAI38nR4TdJvPZ5Nc2VvYQKJ3W7T+oqQqF3/f+kw74ewPSaewXkIBj5' +
    'WQk4+Yw6+xs3I4O2BmELtiFQZxiUA+PLZWsUpXxDAcXXrdVOtshLnL5we6oGjLwcIwuX7ZYV7YoSsJKpv9hQo5YDVkBWuuvg' +
    'b/u3Qp9wQF7Ii1/FZGn1y5nJhsTVVkmUtM1nI5RbF/AssaeKXCWkoJTzMATfkJEbXpsOgTDgZQKBgQDzjuo2ZlcKsZPMmlkS' +
    'rFHKauzJZBt8svvBGLhUt2wNifGSa9Ue6KNg7nDygjxCJOWPX2re32v/KwuFx7eVz2jfA4HRsS7x1PU4lr9XsJPhbajpfa3F' +
    'NV84Qn/sFcC4lGJPOWHPIHMC04Lf/nnjTgGepAs1y8SP8185gKJ1ofpy+wKBgQC7qCnPApFxaF3d/USpjIYfwyTAZXuscvfQ' +
    'VBoU7Z3tEhqcbw+KVjhTogeYGRsMt0sb4lhX5YB76P2A7366PfYhIVR6YlPOpNIr0DpHynoPBGFS75t//SmVpznVcI5tJZQT' +
    'BywE8FOWXopAawc8q1BAuVq8CHGgHElnjgIG7AZ+HQKBgQCSVMg1HPGo1B4XrJhdlrihY/KV4RZ+qk6FqmN9SqKZ08oXDcCD' +
    'DIS0hS3JFiQ8HUzrAgoEk7mgGm2W1/JeCLpaWxIROWIaG7elYzTc65M9upPkjQTtWm62L4YKAtvCSixyqugv+LAA/7E/APac' +
    'cc6ZULgHf0C+uBr7QmTZRhNiJwKBgBf2rIgb6tjRnBMKEaeZI1ORBvNuwjFOaSj4ZHBBu8YXZsCNSi2/PugnK9MXeaXRDk1c' +
    'RS3MR/EK2ryJWOSNnw2yBOiv/8XGtHQV3itmxtl+FLOTl4brnFDZDwCbpAR6JQOdCdkDm5j7L6p0QHNV6SSqxtR2O5RXqGQJ' +
    '9WZO47FdAoGBAI/bH48u8wf9HHGv5fl64bimjJZ/Ef0KXg5zJlD0J0TFUarknPQs0G5+17AqfdJsqSW487fQteLYRSxfB+3Q' +
    'Uj82TQr/0nIWa3LjvQz/XHkl0BvvOpd0eLCdyX3oPwkwU5zvALenKx5OulU/uMyCGUoPTTylKxYyXzysO/Vkc0YU',
  rsa1024:
    'MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAMYQVcOingB1eWZLiqBkiPDP2JhgFy9nwVlxChqj8dp01Rgp' +
    'k/9kd/L+4URsW3oBNebr7+/AkJW3IIMWOtWC/A0rCKkWZ0q2SfDqv6ByBVRoHIcKbwPgyY6IhS2+ArzOxojGiFS93/LPaSoe' +
    'DWDazyiayYoJZI21fatBFEc25EWdAgMBAAECgYBxc8HswiWHVcMoWXUa0vuuFSCYh9JAEUqrlRiYkfhjjjDSGl7wF/itdFpM' +
    '+1Sa2j6p+9QAnWk0mSVCcWVaECGX1szYHJ1OLO2Y2KLXGJcgfxamv7Yl0e54+T5BSRwSUvQNDe6FkNBDvRKkTwJ9zfP+iwev' +
    'pjVumQftxL6bxuyccQJBAPFLA1He6w9G1A1xELq7KpYoQQExeliTqMRkaklArkaYmZ+kYCZdBqGDVaxLz4BnjpJVxl3PGq4D' +
    'Ta+LMEdAQAMCQQDSIszYtVzT26hD0XDlbZ3l+1Nwx6kQfL6t5ur1VdK/BLe81pDJqZI1b/s4yA3mRZVLGndxnJAzDOGrT2vX' +
    'OYHfAkEA7Wt278bdGWIC4tr+sA3cIHWpSKhLjv5zkBKR9lP7ZyFd/5P4u6bLEH8u/GJ34QuEYH6fucw/nztG5FSbg3A3ywJA' +
    'J0PlbyEEhXnoCTQbmmNPO+gogUxtpO0KXEhn4wv0Y0koZBrb1zLeZSnVkZigMEUUToJVi18r+r4PdQlUJ1VRlQJBAO1HIHL0' +
    'xJMOHu2AfBB/teaDUvMidFUIVCfdJH/ZgXoQ48Bzk4DY4swU2DbWSJGbu3ILx7XczoqDn1dyDmiCOvs=',
  rsa512:
    'MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEAvg0Ks6T3hRhsczXCbfJPl76VuJSrIMOvQbIldv/DTLMLu9YE' +
    'bbb9yxn5u/q9ZVUEP/ojJ7x0uZ951ox1LwUHxQIDAQABAkA/5X6dm28krmt36LEv6fHcoNURs9o9L81ylwSFl8P/uvX+alyN' +
    'rnExB+pUMBbEuWJoALt31dQ6cpw+Vosyu23BAiEA7zGDspGWZ1jNGsdWDBPfZni9MF6WCmN5MjgUA3HtKUkCIQDLZ5QRlhpr' +
    'dula5k0mAQj4mElW+e6rZXngtyOK18MGnQIgSHgn/qI9f3JYMhTS7TXYKaPLLix6KQuaXKzA44pQ4IECIQDDOfkeIAnfl1RG' +
    'kMD/dwLbR58swdpX25/tFRoiCxD+6QIhAKAbyiDuMOVFHe+3HMWcV3jLT0QO06eRzzoiP0d5eEEz',
  ec256:
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyaovrfOS5jIcgABioRHrRSbDrm8uaFazezUGPcnD6GOhRANC' +
    'AAS0WbbeXiJCg8sCRD9lJscBd3E78LMkUivLpZbDBboYOf+q2iNS8hCBbL1etYu0Hzp3K/TU0oSsugumW2qOfSiU',
  authority:
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP2TL769sPuWdzsVojEk2PMPqhZ2f5Mrf9HQc0XlkdbehRANC' +
    'AARr4DY2MRLlC5Ve/ba8ZhsUHD+i1FOpqwvZNNiK7QD9Sbti7vH+lxzFtIfh+d0JMF8/dvcn2zoXqbNJIAF0PcRh',
} as const satisfies Record<KeyKind | 'authority', string>;

/** The private key of every lab certificate of a kind, or of the lab's certificate authority. */
export function labOnlyKey(kind: KeyKind | 'authority'): KeyObject {
  return createPrivateKey({ key: Buffer.from(labOnlyKeys[kind], 'base64'), format: 'der', type: 'pkcs8' });
}
