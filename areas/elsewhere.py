"""Names of other municipalities, as people write them behind a street: for who types an address that is not ours.

Those of Flanders and Brussels, the villages around Kortrijk, and the larger towns over the language border and the
French one. A name that is not here is no harm: the place is then looked for in Kortrijk, as always. So those are left
out that are also a word (Boom, Geel, Luik): “Veemarkt, boom” is ours.
"""

from areas.typed import plain

NAMES = """
Alveringem, Anzegem, Ardooie, Avelgem, Bavikhove, Beernem, Beveren-Leie, Blankenberge, Bredene, Brugge, Damme,
Deerlijk, De Haan, De Panne, Dentergem, Desselgem, Diksmuide, Gistel, Gullegem, Harelbeke, Heestert, Heuvelland,
Hooglede, Houthulst, Hulste, Ichtegem, Ieper, Ingelmunster, Izegem, Jabbeke, Knokke, Knokke-Heist, Koekelare,
Koksijde, Kortemark, Kuurne, Langemark, Langemark-Poelkapelle, Lauwe, Ledegem, Lendelede, Lichtervelde, Lo-Reninge,
Menen, Mesen, Meulebeke, Middelkerke, Moen, Moorsele, Moorslede, Nieuwpoort, Oostende, Oostkamp, Oostrozebeke, Otegem,
Oudenburg, Pittem, Poperinge, Rekkem, Roeselare, Ruiselede, Sint-Eloois-Vijve, Spiere, Spiere-Helkijn, Staden, Tielt,
Torhout, Veurne, Vichte, Vleteren, Waregem, Wervik, Wevelgem, Wielsbeke, Wingene, Zedelgem, Zonnebeke, Zuienkerke,
Zwevegem, Aalst, Aalter, Assenede, Berlare, Beveren, Brakel, Buggenhout, Deinze, Denderleeuw, Dendermonde, De Pinte,
Destelbergen, Eeklo, Erpe-Mere, Evergem, Gavere, Gent, Geraardsbergen, Haaltert, Hamme, Herzele, Horebeke, Kaprijke,
Kluisbergen, Kruibeke, Kruisem, Laarne, Lebbeke, Lede, Lierde, Lievegem, Lochristi, Lokeren, Maarkedal, Maldegem,
Melle, Merelbeke, Nazareth, Nevele, Ninove, Oosterzele, Oudenaarde, Ronse, Sint-Gillis-Waas, Sint-Laureins,
Sint-Lievens-Houtem, Sint-Martens-Latem, Sint-Niklaas, Stekene, Temse, Waasmunster, Wachtebeke, Wetteren, Wichelen,
Wortegem, Wortegem-Petegem, Zele, Zelzate, Zottegem, Zulte, Zwalm, Aartselaar, Antwerpen, Arendonk, Boechout,
Bonheiden, Bornem, Borsbeek, Brasschaat, Brecht, Duffel, Edegem, Grobbendonk, Heist-op-den-Berg, Hemiksem, Herentals,
Hoboken, Hoogstraten, Kalmthout, Kasterlee, Kontich, Lier, Malle, Mechelen, Merksplas, Mortsel, Niel, Nijlen, Olen,
Oud-Turnhout, Putte, Puurs, Ranst, Ravels, Rumst, Schilde, Schoten, Stabroek, Turnhout, Westerlo, Willebroek,
Wommelgem, Wuustwezel, Zandhoven, Zoersel, Aarschot, Asse, Beersel, Dilbeek, Diest, Grimbergen, Haacht, Halle, Herent,
Heverlee, Keerbergen, Kortenberg, Lennik, Leuven, Liedekerke, Londerzeel, Machelen, Meise, Merchtem, Overijse, Ternat,
Tervuren, Tienen, Vilvoorde, Wemmel, Zaventem, Zoutleeuw, Beringen, Bilzen, Diepenbeek, Genk, Hasselt, Heusden-Zolder,
Houthalen, Lanaken, Leopoldsburg, Lommel, Maaseik, Maasmechelen, Overpelt, Pelt, Sint-Truiden, Tessenderlo, Tongeren,
Zonhoven, Brussel, Bruxelles, Brussels, Anderlecht, Elsene, Etterbeek, Evere, Ganshoren, Jette, Koekelberg, Molenbeek,
Oudergem, Schaarbeek, Sint-Gillis, Sint-Jans-Molenbeek, Sint-Lambrechts-Woluwe, Sint-Pieters-Woluwe, Ukkel,
Watermaal-Bosvoorde, Doornik, Tournai, Moeskroen, Mouscron, Komen, Comines, Estaimpuis, Steenput, Pecq, Liège, Namur,
Mons, Charleroi, La Louvière, Waver, Wavre, Aarlen, Arlon, Edingen, Enghien, Rijsel, Lille, Roubaix, Robaais,
Tourcoing, Toerkonje, Halewijn, Halluin, Wattrelos, Duinkerke, Dunkerque, Parijs, Paris
"""
MUNICIPALITIES = {plain(name): name.strip() for name in NAMES.split(",")}
